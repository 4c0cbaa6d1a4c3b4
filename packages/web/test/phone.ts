/** Small screens, and large letters. */
import assert from 'node:assert/strict';
import type { BrowserContextOptions } from 'playwright-core';
import { eventually } from './stage/deadline.ts';
import type { Person } from './stage/person.ts';
import { scene } from './stage/scene.ts';

const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  deviceScaleFactor: 2,
};
const NARROW: BrowserContextOptions = { ...PHONE, viewport: { width: 320, height: 568 } };
/** A window of 1280 by 800 at 200%. */
const ZOOMED: BrowserContextOptions = { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 };

const LONG_WORD = 'Donaudampfschifffahrtsgesellschaft'.repeat(4);

/** Nothing scrolls sideways, and what one might press is within the screen. */
async function misfits(person: Person, where: string): Promise<string[]> {
  await person.isStill();
  const found = await person.page.evaluate(() => {
    const { scrollWidth } = document.documentElement;
    const all = [...document.querySelectorAll<HTMLElement>('button, input, textarea, a[href]')];
    const outside = all.filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      return (
        width > 0 &&
        one.checkVisibility({ visibilityProperty: true }) &&
        !one.closest('[inert], pre') &&
        (left < -1 || right > innerWidth + 1)
      );
    });
    const scrollers = [
      ...document.querySelectorAll<HTMLElement>('[role=log], main, nav, dialog, aside, .panel-body'),
    ];
    const wide = scrollers.filter((one) => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1);
    const page = scrollWidth > innerWidth ? [`the page scrolls sideways, to ${scrollWidth} px`] : [];
    return [
      ...page,
      ...wide.map(
        ({ className, clientWidth, scrollWidth }) =>
          `${className} scrolls sideways: ${scrollWidth} px in ${clientWidth}`,
      ),
      ...outside.map((one) => `out of the screen: ${one.outerHTML.slice(0, 120)}`),
    ];
  });
  return found.map((one) => `${where}: ${one}`);
}

for (const [title, options] of [
  ['on a phone', PHONE],
  ['320 px wide', NARROW],
] as const) {
  scene(`${title} nothing scrolls sideways, and all is within reach`, async (stage) => {
    const ana = await stage.person(options);
    const { words, page } = ana;
    const found: string[] = [];
    const check = async (where: string): Promise<void> => {
      found.push(...(await misfits(ana, where)));
    };
    await check('the entry');
    await ana.shows(`${title} entry`);
    await ana.nameField.fill('ana');
    await ana.button(words.entry.enter).tap();
    await ana.log.waitFor();
    const bo = await stage.member('A_name_of_thirty_two_characters_');
    bo.says(
      'MSG good evening',
      `MSG ${LONG_WORD}`,
      `MSG https://example.org/${LONG_WORD}`,
      `MSG \`${LONG_WORD}\` ana`,
      'PRV ana psst',
    );
    await ana.sees(LONG_WORD);
    await check('the talk');
    await ana.shows(`${title} talk`);

    // The drawer, with all that is in it.
    const menu = page.getByRole('button', { name: words.showConversations });
    await menu.tap();
    await ana.sidebar.waitFor();
    await check('the conversations');
    await ana.shows(`${title} conversations`);
    await ana.button(words.moreRooms).tap();
    const rooms = ana.dialog(words.roomsDialog.title);
    await rooms.waitFor();
    await check('the rooms');
    await ana.shows(`${title} rooms`);
    await rooms.getByLabel(words.roomsDialog.name).fill('A_room_of_thirty_two_characters_');
    await rooms.getByRole('button', { name: words.roomsDialog.make }).tap();
    await ana.isIn('A_room_of_thirty_two_characters_');
    await ana.box.waitFor();
    await check('a room');

    for (const [name, panel] of [
      [words.header.search, words.search.title],
      [words.header.mentions, words.mentions.title],
      [words.header.people(1), words.people.title],
    ] as const) {
      await ana.button(name).tap();
      await ana.panel(panel).waitFor();
      await check(panel);
      await ana.shows(`${title} ${panel}`);
      await ana.panel(panel).getByRole('button', { name: words.close }).tap();
      await ana.panel(panel).waitFor({ state: 'detached' });
    }
    for (const [item, dialog] of [
      [words.menuItems.settings, words.settings.title],
      [words.menuItems.help, words.help.title],
      [words.menuItems.rename, words.rename.title],
    ] as const) {
      await menu.tap();
      await ana.button(words.menu).tap();
      await check('the menu');
      await ana.button(item).tap();
      await ana.dialog(dialog).waitFor();
      await check(dialog);
      await ana.shows(`${title} ${dialog}`);
      await ana.dialog(dialog).getByRole('button', { name: words.close }).tap();
      await ana.dialog(dialog).waitFor({ state: 'detached' });
    }
    await menu.tap();
    await ana.switcherButton.tap();
    await ana.dialog(words.goTo).waitFor();
    await check('the switcher');
    await ana.shows(`${title} switcher`);
    await page.getByRole('option', { name: words.lobby }).tap();
    await ana.isIn(words.lobby);

    // What the mouse finds by pointing is there for a finger.
    await ana.line('good evening').locator('.text').tap();
    await ana.line('good evening').getByRole('button', { name: words.message.answer }).tap();
    await ana.box.fill('and to you');
    await check('answering');
    await ana.button(words.box.send).tap();
    await bo.hears('MSG ana and to you');
    await ana.box.fill('/');
    await page.getByRole('listbox').waitFor();
    await check('the commands');
    await ana.shows(`${title} answered`);
    assert.deepEqual(found, []);
  });
}

scene('on a phone an opened conversation brings up no keyboard', async (stage) => {
  const ana = await stage.enter('ana', PHONE);
  const { words, page } = ana;
  await ana.enterRoomByCommand('dev');
  await page.getByRole('button', { name: words.showConversations }).tap();
  await ana.conversation(words.lobby).tap();
  await ana.isIn(words.lobby);
  await eventually(() => page.evaluate(() => document.activeElement?.tagName), 'H1');
});

scene('at 200% zoom one can read, write, and get everywhere', async (stage) => {
  const ana = await stage.enter('ana', ZOOMED);
  const { words } = ana;
  const bo = await stage.member('bo');
  bo.says('MSG good evening', `MSG ${LONG_WORD}`);
  await ana.sees('good evening');
  assert.deepEqual(await misfits(ana, 'the talk'), []);
  const log = await ana.log.boundingBox();
  assert.ok((log?.height ?? 0) >= 120, `the talk has ${log?.height} px`);
  await ana.page.getByRole('button', { name: words.showConversations }).click();
  await ana.choose(words.menuItems.settings);
  const close = ana.dialog(words.settings.title).getByRole('button', { name: words.close });
  await close.waitFor();
  assert.deepEqual(await misfits(ana, 'the settings'), []);
  await ana.shows('zoomed settings');
  await close.click();
  await ana.dialog(words.settings.title).waitFor({ state: 'detached' });
  await ana.say('and to you');
  await ana.sees('and to you');
  await ana.shows('zoomed');
});
