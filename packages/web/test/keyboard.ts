/** Everything by keyboard. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { eventually } from './stage/deadline.ts';
import type { Person } from './stage/person.ts';
import { scene } from './stage/scene.ts';

/** Presses a key, and sees that the focus is not lost over it: it is somewhere, a frame later too. */
async function press({ page }: Person, ...keys: string[]): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await page
      .waitForFunction(() => document.activeElement !== document.body, undefined, { timeout: 2000 })
      .catch(() => {
        assert.fail(`after ${key} nothing has the focus`);
      });
  }
}

/** By Tab (or Shift-Tab) until that has the focus. */
async function tabTo(person: Person, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let steps = 0; steps < 40; steps++) {
    if (await hasFocus(target)) return;
    await press(person, key);
    passed.push(await focused(person));
  }
  assert.fail(`${key} does not lead to ${target}, but to: ${passed.join(', ')}`);
}

async function hasFocus(target: Locator): Promise<boolean> {
  return await target.evaluate((one) => one === document.activeElement);
}

/** The name of what has the focus. */
async function focused({ page }: Person): Promise<string> {
  return await page.evaluate(() => {
    const at = document.activeElement;
    if (at instanceof HTMLElement && at.matches('input, textarea')) {
      const [label] = at instanceof HTMLInputElement ? (at.labels ?? []) : [];
      return at.getAttribute('aria-label') ?? label?.textContent ?? at.id;
    }
    return at?.getAttribute('aria-label') ?? at?.querySelector('.text')?.textContent ?? at?.textContent ?? '';
  });
}

scene('one comes in, talks, goes about, answers and leaves without a mouse', async (stage) => {
  const ana = await stage.person();
  const bo = await stage.member('bo');
  const { words, page } = ana;
  const atBox = (): Promise<void> => ana.boxHasFocus();
  await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
  await page.keyboard.type('ana');
  await page.keyboard.press('Enter');
  await bo.hears('ARR ana');
  await atBox();
  await page.keyboard.type('by keyboard');
  await press(ana, 'Enter');
  await bo.hears('MSG ana by keyboard');

  // Ctrl-K: a room that is made by the command, then people and rooms by a few letters.
  await page.keyboard.type('/join dev');
  await press(ana, 'Enter');
  await ana.isIn('dev');
  await atBox();
  await press(ana, 'Control+k');
  await page.getByRole('combobox').waitFor();
  await page.keyboard.type('bo');
  await page.getByRole('option', { name: words.switcher.talkTo('bo'), selected: true }).waitFor();
  await press(ana, 'Enter');
  await ana.isIn('bo');
  await atBox();
  await press(ana, 'Control+k');
  await page.getByRole('combobox').waitFor();
  await press(ana, 'Escape');
  await page.getByRole('combobox').waitFor({ state: 'detached' });
  await atBox();

  // Alt and the arrows, around the ends of the list: the lobby, dev, bo.
  for (const [key, title] of [
    ['Alt+ArrowUp', 'dev'],
    ['Alt+ArrowUp', words.lobby],
    ['Alt+ArrowUp', 'bo'],
    ['Alt+ArrowDown', words.lobby],
    ['Alt+ArrowDown', 'dev'],
  ] as const) {
    await press(ana, key);
    await ana.isIn(title);
    await atBox();
  }
  bo.says('PRV ana psst');
  await ana.isListed('bo', words.unread(1));
  await press(ana, 'Alt+Shift+ArrowUp');
  await ana.isIn('bo');
  await press(ana, 'Alt+ArrowDown');
  await ana.isIn(words.lobby);

  // To the line that one answers, and its button.
  bo.says('MSG one', 'MSG two');
  await ana.sees('two');
  await tabTo(ana, ana.log, 'Shift+Tab');
  await press(ana, 'ArrowUp');
  assert.equal(await focused(ana), 'two');
  await press(ana, 'ArrowUp');
  assert.equal(await focused(ana), 'one');
  await tabTo(ana, ana.line('one').getByRole('button', { name: words.message.answer }));
  await press(ana, 'Enter');
  await atBox();
  await page.keyboard.type('to one');
  await press(ana, 'Enter');
  await ana.line('to one').getByRole('button', { name: 'one' }).waitFor();
  await atBox();

  // The quote leads to the line, and back; Escape to the box.
  await tabTo(ana, ana.log, 'Shift+Tab');
  await press(ana, 'ArrowUp');
  assert.equal(await focused(ana), 'to one');
  await press(ana, 'Tab', 'Enter');
  await eventually(() => focused(ana), 'one');
  await press(ana, 'Escape');
  await atBox();

  // A panel takes the focus, and gives it back.
  await tabTo(ana, ana.button(words.header.search), 'Shift+Tab');
  await press(ana, 'Enter');
  await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'search');
  await page.keyboard.type('two');
  await press(ana, 'Enter');
  await ana.panel(words.search.title).getByText(words.search.found(1)).waitFor();
  await tabTo(ana, ana.panel(words.search.title).getByRole('listitem').getByRole('button'));
  await press(ana, 'Enter');
  await eventually(() => focused(ana), 'two');
  await tabTo(ana, ana.panel(words.search.title).getByRole('button', { name: words.close }));
  await press(ana, 'Enter');
  await eventually(() => hasFocus(ana.button(words.header.search)), true);

  // Out, by the menu.
  await tabTo(ana, ana.button(words.menu), 'Shift+Tab');
  await press(ana, 'Enter');
  await tabTo(ana, ana.button(words.menuItems.leave));
  await press(ana, 'Enter');
  await bo.hears('LFT ana');
  await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
});

scene('every dialog gives the focus back to where it came from', async (stage) => {
  const ana = await stage.enter('ana');
  // Or the box would take it in the middle.
  await ana.boxHasFocus();
  const { words } = ana;
  for (const [button, title] of [
    [ana.switcherButton, words.goTo],
    [ana.button(words.moreRooms), words.roomsDialog.title],
    [ana.button(words.talkToSomebody), words.goTo],
  ] as const) {
    await button.focus();
    await press(ana, 'Enter');
    await ana.dialog(title).waitFor();
    await press(ana, 'Escape');
    await ana.dialog(title).waitFor({ state: 'detached' });
    await eventually(() => hasFocus(button), true, `after ${title}`);
  }
  for (const [item, title] of [
    [words.menuItems.rename, words.rename.title],
    [words.menuItems.settings, words.settings.title],
    [words.menuItems.help, words.help.title],
  ] as const) {
    await ana.button(words.menu).focus();
    await press(ana, 'Enter');
    await tabTo(ana, ana.button(item));
    await press(ana, 'Enter');
    await ana.dialog(title).waitFor();
    await press(ana, 'Escape');
    await ana.dialog(title).waitFor({ state: 'detached' });
    await eventually(
      async () => [words.menu, words.box.label(words.lobby)].includes(await focused(ana)),
      true,
      await focused(ana),
    );
  }
});

scene(
  'a screen reader is told, politely, where one is, how the line fares, and what is said',
  async (stage) => {
    const ana = await stage.enter('ana');
    const bo = await stage.member('bo');
    const { words, page } = ana;
    ana.expectsLostServer();
    /** All that was said to it, from now on. */
    await page.evaluate(() => {
      const told: string[] = [];
      Object.assign(window, { told });
      const live = '[role=status], [aria-live=polite]';
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const element = target instanceof Element ? target : target.parentElement;
          const text = element?.closest(live)?.textContent;
          if (text) told.push(text);
        }
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    const isTold = async (part: string): Promise<void> => {
      await page.waitForFunction((wanted) => String(Reflect.get(window, 'told')).includes(wanted), part);
    };
    bo.says('MSG good evening');
    await isTold(words.announce.said('bo', 'good evening'));
    await ana.enterRoom('dev');
    await isTold('dev');
    bo.says('MSG in the lobby');
    await ana.isListed(words.lobby, words.unread(1));
    await ana.goTo(words.lobby);
    await isTold(words.announce.conversation(words.lobby, words.unread(1)));
    await stage.server.kill();
    await isTold(words.line.reconnectingLong);
    await stage.server.start();
    await isTold(words.line.back);
    assert.equal(await ana.log.getAttribute('role'), 'log');
  },
);

scene('with reduced motion nothing moves by itself', async (stage) => {
  const ana = await stage.enter('ana', { reducedMotion: 'reduce' });
  const moving = await ana.page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((one) => {
      const { animationName, animationDuration, transitionDuration, scrollBehavior } = getComputedStyle(one);
      const long = (durations: string): boolean =>
        durations.split(',').some((each) => Number.parseFloat(each) > 0.01);
      const moves =
        (animationName !== 'none' && long(animationDuration)) ||
        long(transitionDuration) ||
        scrollBehavior === 'smooth';
      return moves ? [one.outerHTML.slice(0, 80)] : [];
    }),
  );
  assert.deepEqual(moving, []);
});
