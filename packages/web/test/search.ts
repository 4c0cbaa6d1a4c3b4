/** What was said, by its words. */
import assert from 'node:assert/strict';
import { eventually } from './stage/deadline.ts';
import { scene } from './stage/scene.ts';
import { inSight, stillness, topOf, wheel } from './stage/scroll.ts';

scene('words are found with who said them and where, newest first', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.enter('bo');
  const { words } = ana;
  await ana.say('a fig tree');
  await bo.say('an olive tree');
  await bo.sees('a fig tree', 'an olive tree');
  for (const person of [ana, bo]) await person.enterRoom('dev');
  await bo.say('figs in the room');
  await ana.sees('figs in the room');

  await ana.button(words.header.search).click();
  const panel = ana.panel(words.search.title);
  const found = panel.locator('.found-line');
  const search = async (query: string): Promise<void> => {
    await panel.getByRole('searchbox').fill(query);
    await ana.page.keyboard.press('Enter');
  };
  await search('fig');
  await eventually(() => found.allInnerTexts(), ['bo figs in the room', 'ana a fig tree']);
  await panel.getByText(words.search.found(2)).waitFor();
  await search('tree from:bo');
  await eventually(() => found.allInnerTexts(), ['bo an olive tree']);
  await search('fig in:dev');
  await eventually(() => found.allInnerTexts(), ['bo figs in the room']);
  await search('from:bo');
  await eventually(() => found.allInnerTexts(), ['bo figs in the room', 'bo an olive tree']);
  await search('nothing of the kind');
  await panel.getByText(words.search.none).waitFor();

  await ana.say('/search olive');
  await eventually(() => found.allInnerTexts(), ['bo an olive tree']);
  await panel.getByText('a fig tree').waitFor();
  await ana.shows('search');
});

scene(
  'a result leads to its place, with the lines around it, and one gets back to where one was',
  async (stage) => {
    const bo = await stage.member('bo');
    bo.says(...Array.from({ length: 500 }, (_, i) => `MSG line ${i + 1}${i === 99 ? ' needle' : ''}`));
    await bo.heard();
    const ana = await stage.enter('ana');
    const { words } = ana;
    await ana.enterRoom('dev');
    await ana.say('in the room');
    await ana.goTo(words.lobby);
    await ana.sees('line 500');
    await stillness(ana);
    await wheel(ana, -300);
    const [first] = await inSight(ana);
    assert.ok(first);

    await ana.say('/search needle');
    await ana.goTo('dev');
    const panel = ana.panel(words.search.title);
    await panel.getByRole('button', { name: 'line 100 needle' }).click();
    await ana.isIn(words.lobby);
    await ana.sees('line 100 needle');
    await stillness(ana);
    const seen = (await inSight(ana)).map(({ text }) => text);
    for (const text of ['line 99', 'line 100 needle', 'line 101'])
      assert.ok(seen.includes(text), `${text} among ${seen}`);
    assert.equal(
      await ana.page.evaluate(() => document.activeElement?.querySelector('.text')?.textContent),
      'line 100 needle',
      'the line has the focus',
    );
    await ana.shows('search result in its place');

    await ana.button(words.timeline.back).click();
    await ana.isIn('dev');
    await ana.seesExactly('in the room');
    await ana.goTo(words.lobby);
    await ana.button(words.timeline.toEnd).click();
    await eventually(async () => (await inSight(ana)).at(-1)?.text, 'line 500');
  },
);

scene('back leads to the very line where one was reading', async (stage) => {
  const bo = await stage.member('bo');
  bo.says(...Array.from({ length: 500 }, (_, i) => `MSG line ${i + 1}${i === 99 ? ' needle' : ''}`));
  await bo.heard();
  const ana = await stage.enter('ana');
  const { words } = ana;
  await ana.sees('line 500');
  await ana.say('/search needle');
  await stillness(ana);
  await wheel(ana, -1000);
  const [first] = await inSight(ana);
  assert.ok(first);
  await ana.panel(words.search.title).getByRole('button', { name: 'line 100 needle' }).click();
  await ana.sees('line 100 needle');
  await stillness(ana);
  await ana.button(words.timeline.back).click();
  await ana.line(first.text).waitFor();
  await stillness(ana);
  const top = (await topOf(ana, first.text)) ?? Number.NaN;
  assert.ok(Math.abs(top - first.top) <= 2, `${first.text} stood at ${first.top} px and is at ${top}`);
});
