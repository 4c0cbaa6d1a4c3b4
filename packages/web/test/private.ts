/** Between two. */
import assert from 'node:assert/strict';
import { eventually } from './stage/deadline.ts';
import { scene } from './stage/scene.ts';

scene('what is said to one is read by the two alone', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.enter('bo');
  const cy = await stage.enter('cy');
  const dee = await stage.member('dee');
  const { words } = ana;

  await bo.say('here I am');
  await ana.line('here I am').getByRole('button', { name: 'bo' }).click();
  await ana.isIn('bo');
  await ana.page.getByText(words.header.privateWith).waitFor();
  await ana.say('the key is under the mat');

  await bo.isListed('ana', words.unread(1));
  await bo.goTo('ana');
  await bo.say('found it');
  for (const person of [ana, bo]) await person.seesExactly('the key is under the mat', 'found it');

  dee.says('PRV ana from a terminal');
  await ana.goTo('dee');
  await ana.sees('from a terminal');
  await ana.say('I hear you');
  await dee.hears('PRV ana I hear you');

  await cy.say('what do you whisper?');
  await dee.hears('MSG cy what do you whisper?');
  await cy.seesExactly('here I am', 'what do you whisper?');
  assert.equal((await cy.conversation('ana').count()) + (await cy.conversation('bo').count()), 0);
  await ana.shows('private');
});

scene(
  'a private conversation is taken off the list, and its lines are there when it is opened again',
  async (stage) => {
    const ana = await stage.enter('ana');
    const bo = await stage.enter('bo');
    const { words } = ana;
    await ana.say('/msg bo keep this');
    await ana.isIn('bo');
    await ana.seesExactly('keep this');
    await ana.button(words.header.closePrivate('bo')).click();
    await ana.isIn(words.lobby);
    await ana.conversation('bo').waitFor({ state: 'detached' });

    await ana.button(words.header.people(2)).click();
    await ana.panel(words.people.title).getByRole('button', { name: 'bo' }).click();
    await ana.isIn('bo');
    await ana.seesExactly('keep this');

    await bo.choose(words.menuItems.leave);
    await ana.page.getByText(words.header.privateAway('bo')).waitFor();
    await ana.say('are you there?');
    await ana.line('are you there?').getByText(words.problems.nobody('bo')).waitFor();
    await ana.line('are you there?').getByRole('button', { name: words.message.drop }).click();
    await eventually(() => ana.lines(), ['keep this']);
  },
);
