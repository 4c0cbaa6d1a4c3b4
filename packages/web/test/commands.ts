/** What begins with `/`, what Tab goes on with, what Up brings back. */
import assert from 'node:assert/strict';
import { eventually } from './stage/deadline.ts';
import { scene } from './stage/scene.ts';

scene('each command does what its button does', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.member('bo');
  const { words, page } = ana;
  const closesByEscape = async (title: string): Promise<void> => {
    await ana.dialog(title).waitFor();
    await page.keyboard.press('Escape');
    await ana.dialog(title).waitFor({ state: 'detached' });
    await ana.boxHasFocus();
  };

  await ana.say('/help');
  await closesByEscape(words.help.title);
  await ana.say('/rooms');
  await closesByEscape(words.roomsDialog.title);
  await ana.say('/who');
  await ana.panel(words.people.title).getByText('bo').waitFor();
  await ana.say('/mentions');
  await ana.panel(words.mentions.title).getByText(words.mentions.none).waitFor();
  await ana.say('/search fig');
  await ana.panel(words.search.title).getByText(words.search.none).waitFor();
  await ana.panel(words.search.title).getByRole('button', { name: words.close }).click();

  await ana.say('/join dev');
  await ana.isIn('dev');
  await ana.say('/leave');
  await ana.isIn(words.lobby);
  await ana.say('/msg bo psst, here');
  await bo.hears('PRV ana psst, here');
  await ana.isIn('bo');
  await ana.say('/name anna');
  await bo.hears('ARR anna');
  await ana.goTo(words.lobby);
  await ana.say('//not a command');
  await bo.hears('MSG anna /not a command');
  await ana.say('/quit');
  await ana.nameField.waitFor();
  await bo.hears('LFT anna');
});

scene(
  'a command that there is not, or that lacks something, stays in the box with what is wrong',
  async (stage) => {
    const ana = await stage.enter('ana');
    const bo = await stage.member('bo');
    const { words } = ana;
    const problem = ana.page.locator('#box-problem');
    await ana.say('/dance');
    await eventually(() => problem.textContent(), words.problems['unknown-command']('dance'));
    assert.equal(await ana.box.inputValue(), '/dance');
    await ana.say('/join');
    await eventually(() => problem.textContent(), words.problems.usage(words.commands.join.usage.slice(1)));
    await ana.say('/name bo');
    await eventually(() => problem.textContent(), words.problems.taken('bo'));
    assert.deepEqual(await bo.heard(), [], 'nothing of it was said');
  },
);

scene('commands and names are completed', async (stage) => {
  const ana = await stage.enter('ana');
  await stage.member('hilda');
  await stage.member('hildegard');
  const { words, page, box } = ana;
  await ana.button(words.header.people(3)).waitFor();
  const options = page.getByRole('listbox', { name: words.completions.title }).getByRole('option');

  await box.focus();
  await page.keyboard.type('/');
  await eventually(() => options.count(), Object.keys(words.commands).length);
  await ana.shows('commands');
  await page.keyboard.type('ro');
  await eventually(
    () => options.allInnerTexts().then((all) => all.map((text) => text.split('\n')[0])),
    ['/rooms'],
  );
  await page.keyboard.press('Tab');
  assert.equal(await box.inputValue(), '/rooms ');
  await box.fill('');

  await page.keyboard.type('well @hil');
  await eventually(() => options.allInnerTexts(), ['hilda', 'hildegard']);
  await page.keyboard.press('ArrowDown');
  const second = await options.nth(1).getAttribute('id');
  await eventually(() => box.getAttribute('aria-activedescendant'), second);
  await page.keyboard.press('Enter');
  assert.equal(await box.inputValue(), 'well @hildegard ');

  // At the beginning, without `@`: by Tab alone, so that a short word can be said although a name begins with it.
  await box.fill('');
  await page.keyboard.type('hild');
  await eventually(() => options.count(), 0);
  await page.keyboard.press('Tab');
  await eventually(() => options.count(), 2);
  await page.keyboard.press('Tab');
  assert.equal(await box.inputValue(), 'hilda: ');
  await box.fill('');
  await page.keyboard.type('hi');
  await page.keyboard.press('Enter');
  await ana.seesExactly('hi');

  await page.keyboard.type('@hil');
  await eventually(() => options.count(), 2);
  await options.filter({ hasText: 'hildegard' }).click();
  assert.equal(await box.inputValue(), '@hildegard ');
});

scene('Up brings back what was said, Down what was being written', async (stage) => {
  const ana = await stage.enter('ana');
  const { box, page } = ana;
  for (const text of ['one', 'two', '/who']) await ana.say(text);
  await ana.seesExactly('one', 'two');
  await ana.panel(ana.words.people.title).waitFor();
  await box.focus();
  for (const [key, text] of [
    ['ArrowUp', '/who'],
    ['ArrowUp', 'two'],
    ['ArrowUp', 'one'],
    ['ArrowUp', 'one'],
    ['ArrowDown', 'two'],
    ['ArrowDown', '/who'],
    ['ArrowDown', ''],
  ] as const) {
    await page.keyboard.press(key);
    await eventually(() => box.inputValue(), text);
  }
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await ana.seesExactly('one', 'two', 'two');
});

scene('each command has a button too', async (stage) => {
  const ana = await stage.enter('ana');
  const { words } = ana;
  await ana.enterRoom('dev');
  // help, name, quit
  await ana.button(words.menu).click();
  for (const item of [words.menuItems.help, words.menuItems.rename, words.menuItems.leave])
    await ana.button(item).waitFor();
  await ana.page.keyboard.press('Escape');
  // who, search, mentions, leave, rooms and join, msg
  const { header } = words;
  for (const name of [header.people(1), header.search, header.mentions, header.leaveRoom('dev')]) {
    await ana.button(name).waitFor();
  }
  for (const name of [words.moreRooms, words.talkToSomebody, words.box.commands])
    await ana.button(name).waitFor();
});
