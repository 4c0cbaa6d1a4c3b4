/** What axe finds: nothing, on any part of the page, light and dark, wide and on a phone. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions } from 'playwright-core';
import { asksFor } from './stage/passwords.ts';
import type { Person } from './stage/person.ts';
import { scene } from './stage/scene.ts';

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe has against the page as it is now. */
async function violations(person: Person): Promise<string[]> {
  const { page } = person;
  // What is evaluated comes from the debugger, not from the page: its Content-Security-Policy is left as it is.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  await person.isStill();
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run(): Promise<{ violations: Violation[] }> } };
    return (await axe.run()).violations;
  });
  return found.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id} (${help}): ${html} ${failureSummary}`),
  );
}

const WIDE: BrowserContextOptions = {};
const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};

for (const [screen, options] of [
  ['wide', WIDE],
  ['on a phone', PHONE],
] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    scene(`axe finds nothing, ${screen}, ${colorScheme}`, async (stage) => {
      const ana = await stage.person({ ...options, colorScheme });
      const { words, page } = ana;
      const found = new Map<string, string>();
      const check = async (where: string): Promise<void> => {
        for (const one of await violations(ana)) if (!found.has(one)) found.set(one, where);
      };
      await check('the entry');
      await ana.nameField.fill('Pseu do');
      await page.getByText(words.problems['name-space']('')).waitFor();
      await check('a name that is none');
      await ana.shows(`axe entry ${screen} ${colorScheme}`);
      await ana.enter('ana');
      await check('an empty talk');

      const bo = await stage.member('bo');
      const cy = await stage.member('cy');
      bo.says('MSG good evening', 'MSG ana, see https://example.org/ and `code`', 'PRV ana psst');
      cy.says('MSG ```', 'BYE');
      await ana.say('here is\n```\na block\n```');
      await ana.log.locator('pre').waitFor();
      await ana.answer('good evening');
      await check('answering');
      await ana.say('and to you');
      await ana.line('and to you').getByRole('button', { name: 'good evening' }).waitFor();
      await ana.say('/dance');
      await page.locator('#box-problem', { hasText: 'dance' }).waitFor();
      await check('the talk');
      await ana.shows(`axe talk ${screen} ${colorScheme}`);
      await ana.box.fill('/');
      await page.getByRole('listbox').waitFor();
      await check('the commands');
      await ana.box.fill('');

      const openMenu = async (): Promise<void> => {
        const drawer = page.getByRole('button', { name: words.showConversations });
        if (await drawer.isVisible()) await drawer.click();
      };
      await openMenu();
      await check('the conversations');
      await ana.button(words.menu).click();
      await ana.button(words.menuItems.help).waitFor();
      await check('the menu');
      await page.keyboard.press('Escape');
      for (const [button, title] of [
        [ana.switcherButton, words.goTo],
        [ana.button(words.moreRooms), words.roomsDialog.title],
      ] as const) {
        await openMenu();
        await button.click();
        await ana.dialog(title).waitFor();
        await check(title);
        await ana.shows(`axe ${title} ${screen} ${colorScheme}`);
        await ana.dialog(title).getByRole('button', { name: words.close }).click();
        await ana.dialog(title).waitFor({ state: 'detached' });
      }
      for (const [item, title] of [
        [words.menuItems.rename, words.rename.title],
        [words.menuItems.settings, words.settings.title],
        [words.menuItems.help, words.help.title],
      ] as const) {
        await openMenu();
        await ana.choose(item);
        await ana.dialog(title).waitFor();
        await check(title);
        await ana.shows(`axe ${title} ${screen} ${colorScheme}`);
        await page.keyboard.press('Escape');
        await ana.dialog(title).waitFor({ state: 'detached' });
      }

      for (const [command, title] of [
        ['/who', words.people.title],
        ['/mentions', words.mentions.title],
        ['/search good', words.search.title],
      ] as const) {
        await ana.say(command);
        await ana.panel(title).waitFor();
        if (command.startsWith('/search')) await ana.panel(title).getByText(words.search.found(1)).waitFor();
        await check(title);
        await ana.shows(`axe ${title} ${screen} ${colorScheme}`);
        await ana.panel(title).getByRole('button', { name: words.close }).click();
      }

      ana.expectsLostServer();
      await stage.server.kill();
      await ana.losesTheLine();
      await ana.say('meanwhile');
      await page.getByText(words.line.waiting(1)).waitFor();
      await check('the line lost');
      await ana.shows(`axe line lost ${screen} ${colorScheme}`);
      assert.deepEqual([...found], []);
    });
  }
}

scene(
  'axe finds nothing where the password is asked for',
  async (stage) => {
    const ana = await stage.person();
    await ana.nameField.fill('ana');
    await ana.nameField.press('Enter');
    await ana.keyField.waitFor();
    assert.deepEqual(await violations(ana), []);
    await ana.keyField.fill('guess');
    await ana.keyField.press('Enter');
    await ana.page.getByText(ana.words.problems['key-wrong']('')).waitFor();
    assert.deepEqual(await violations(ana), []);
  },
  ...asksFor('open sesame'),
);
