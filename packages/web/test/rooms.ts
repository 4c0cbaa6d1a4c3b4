/** Rooms: listed, made, entered, left. */
import assert from 'node:assert/strict';
import { eventually } from './stage/deadline.ts';
import { scene } from './stage/scene.ts';

scene('a room is made by one, found in the list by another, and its talk is its own', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.enter('bo');
  const cy = await stage.member('cy');
  const { words } = ana;

  await ana.button(words.moreRooms).click();
  const made = ana.dialog(words.roomsDialog.title);
  await made.getByText(words.roomsDialog.none).waitFor();
  await made.getByLabel(words.roomsDialog.name).fill('dev');
  await made.getByText(words.roomsDialog.noneSuch).waitFor();
  await made.getByRole('button', { name: words.roomsDialog.make }).click();
  await ana.isIn('dev');
  await ana.button(words.header.people(1)).waitFor();

  await bo.button(words.moreRooms).click();
  const listed = bo.dialog(words.roomsDialog.title).getByRole('listitem');
  await eventually(
    () => listed.allInnerTexts().then((texts) => texts.map((text) => text.split('\n'))),
    [['dev', words.roomsDialog.members(1)]],
  );
  await bo.shows('rooms');
  await listed.getByRole('button').click();
  await bo.isIn('dev');
  await ana.log.getByText(words.notice.came('bo', 1)).waitFor();
  for (const person of [ana, bo]) await person.button(words.header.people(2)).waitFor();

  await ana.say('only for us');
  await bo.say('indeed');
  for (const person of [ana, bo]) await person.seesExactly('only for us', 'indeed');
  await ana.goTo(words.lobby);
  await ana.say('for everybody');
  assert.deepEqual(
    await cy.hears('MSG ana for everybody'),
    [],
    'the terminal, in the lobby, hears nothing of the room',
  );
  await ana.seesExactly('for everybody');
  await ana.goTo('dev');
  await ana.seesExactly('only for us', 'indeed');
});

scene(
  'who leaves a room is told of to those in it alone, and a room without anybody is gone',
  async (stage) => {
    const ana = await stage.enter('ana');
    const bo = await stage.enter('bo');
    const cy = await stage.member('cy');
    const { words } = ana;
    for (const person of [ana, bo]) await person.enterRoom('dev');
    await ana.say('good bye');
    await bo.sees('good bye');

    await bo.button(words.header.leaveRoom('dev')).click();
    await bo.isIn(words.lobby);
    await bo.conversation('dev').waitFor({ state: 'detached' });
    await ana.log.getByText(words.notice.left('bo', 1)).waitFor();
    await ana.say('/leave');
    await ana.isIn(words.lobby);
    assert.deepEqual(await cy.heard(), []);

    await bo.button(words.moreRooms).click();
    await bo.dialog(words.roomsDialog.title).getByText(words.roomsDialog.none).waitFor();
    await bo.page.keyboard.press('Escape');
    await bo.enterRoom('dev');
    await eventually(() => bo.lines(), [], 'a room made anew begins empty');
  },
);

scene(
  'a room is entered by the switcher, and what is no name of a room is said to be none',
  async (stage) => {
    const ana = await stage.enter('ana');
    const bo = await stage.enter('bo');
    const { words } = ana;
    await ana.enterRoom('dev');
    await bo.switcherButton.click();
    await bo.page.keyboard.type('de');
    await bo.page.getByRole('option', { name: words.switcher.enterRoom('dev') }).click();
    await bo.isIn('dev');

    await bo.button(words.moreRooms).click();
    const dialog = bo.dialog(words.roomsDialog.title);
    await dialog.getByLabel(words.roomsDialog.name).fill('two words');
    await bo.page.keyboard.press('Enter');
    await dialog.getByText(words.problems['room-name']('two words')).waitFor();
  },
);
