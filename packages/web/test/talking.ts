/** Two browsers and a terminal. */
import assert from 'node:assert/strict';
import { eventually } from './stage/deadline.ts';
import { scene } from './stage/scene.ts';

scene('two browsers and a terminal all talk', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.enter('bo');
  const cy = await stage.member('cy');
  await ana.say('good evening');
  await cy.hears('MSG ana good evening');
  await bo.say('good evening ana');
  await cy.hears('MSG bo good evening ana');
  cy.says('MSG from a terminal, good evening');

  const all = ['good evening', 'good evening ana', 'from a terminal, good evening'];
  for (const person of [ana, bo]) await person.seesExactly(...all);
  await ana.button(ana.words.header.people(3)).waitFor();
  await ana.log.getByText(ana.words.notice.came('bo, cy', 2)).waitFor();

  cy.says('BYE');
  await ana.button(ana.words.header.people(2)).waitFor();
  await ana.log.getByText(ana.words.notice.left('cy', 1)).waitFor();
  await ana.shows('talking');
});

scene('lines are grouped by who says them, and marked with the day', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.member('bo');
  bo.says('MSG one', 'MSG two');
  await ana.sees('two');
  await ana.say('three');
  await ana.seesExactly('one', 'two', 'three');
  const heads = await ana.log.locator('article header').allInnerTexts();
  assert.deepEqual(
    heads.map((head) => head.split(/\s/)[0]),
    ['bo', 'ana'],
  );
  await ana.log.getByText(ana.words.timeline.today).waitFor();
});

scene('who names another is marked for that one alone', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.enter('bo');
  await bo.say('Ana, are you there? not banana');
  await ana.sees('Ana, are you there? not banana');
  assert.deepEqual(await ana.log.locator('mark').allTextContents(), ['Ana']);
  await eventually(() => bo.lines(), ['Ana, are you there? not banana']);
  assert.equal(await bo.log.locator('mark').count(), 0);
});

scene('links can be followed; code keeps its spaces', async (stage) => {
  const ana = await stage.enter('ana');
  await ana.say('see https://example.org/a_(b)?c=1. or `x  =  1`');
  const link = ana.log.getByRole('link');
  assert.equal(await link.getAttribute('href'), 'https://example.org/a_(b)?c=1');
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer');
  assert.deepEqual(await ana.log.locator('code').allTextContents(), ['x  =  1']);
});

scene('another name is seen by everybody', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.enter('bo');
  const cy = await stage.member('cy');
  await ana.choose(ana.words.menuItems.rename);
  const dialog = ana.dialog(ana.words.rename.title);
  await dialog.getByLabel(ana.words.rename.name).fill('cy');
  await ana.page.keyboard.press('Enter');
  await dialog.getByText(ana.words.problems.taken('cy')).waitFor();
  await dialog.getByLabel(ana.words.rename.name).fill('anna');
  await dialog.getByRole('button', { name: ana.words.rename.save }).click();
  await bo.log.getByText(bo.words.notice.renamed('ana', 'anna')).waitFor();
  await cy.hears('ARR anna');
  await dialog.waitFor({ state: 'detached' });
  await ana.say('it is me');
  await cy.hears('MSG anna it is me');
});

scene('a page that is open overnight says of no day but one that it is today', async (stage) => {
  const ana = await stage.person({}, (page) => page.clock.install());
  const { clock } = ana.page;
  const { today, yesterday } = ana.words.timeline;
  await ana.enter('ana');
  await ana.say('good night');
  await ana.seesExactly('good night');
  await ana.log.getByText(today).waitFor();

  const untilMidnight = await ana.page.evaluate(() => new Date().setHours(24, 0, 0, 0) - Date.now());
  await clock.fastForward(untilMidnight);
  await ana.log.getByText(yesterday).waitFor();
  assert.equal(await ana.log.getByText(today).count(), 0);

  // No timer knows of this: the machine has slept.
  await clock.setSystemTime(await ana.page.evaluate(() => new Date().setHours(25, 0, 0, 0)));
  await ana.looksAway();
  await ana.looksBack();
  await ana.log.getByText(yesterday).waitFor({ state: 'detached' });
});
