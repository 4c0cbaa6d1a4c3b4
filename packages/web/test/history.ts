/** What was said before, by scrolling up. */
import assert from 'node:assert/strict';
import { eventually } from './stage/deadline.ts';
import type { Person } from './stage/person.ts';
import { type Stage, scene } from './stage/scene.ts';
import { inSight, stillness, topOf, wheel } from './stage/scroll.ts';

/** What a reader takes for standing still, in px. */
const STILL_PX = 2;
/** Of the wheel: less than what is in sight, by more than a line is high. */
const TURN_PX = 1000;

/** Texts of all heights, from one line to several. */
function texts(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${i + 1}:${' many words'.repeat((i * 7) % 50)}`);
}

async function withHistory(stage: Stage, said: readonly string[], height = 800): Promise<Person> {
  const bo = await stage.member('bo');
  bo.says(...said.map((text) => `MSG ${text}`));
  await bo.heard();
  const ana = await stage.enter('ana', { viewport: { width: 1280, height } });
  await ana.sees(said.at(-1) ?? '');
  await stillness(ana);
  return ana;
}

async function atBeginning({ log, words }: Person): Promise<boolean> {
  const all = (await log.getByText(words.timeline.beginning).count()) > 0;
  return all && (await log.evaluate(({ scrollTop }) => scrollTop === 0));
}

scene('history comes while one scrolls up, and nothing in sight jumps', async (stage) => {
  const said = texts(250);
  const ana = await withHistory(stage, said, 1600);
  assert.equal((await inSight(ana)).at(-1)?.text, said.at(-1), 'the newest line is in sight');

  const read = new Set<string>();
  let jumps: string[] = [];
  for (let turn = 0; !(await atBeginning(ana)); turn++) {
    assert.ok(turn < 200, `the beginning was not reached; the oldest line that was: ${[...read].at(-1)}`);
    const before = await inSight(ana);
    for (const { text } of before) read.add(text);
    await wheel(ana, -TURN_PX);
    const moved = await Promise.all(
      before.slice(0, 3).map(async ({ text, top }) => ((await topOf(ana, text)) ?? Number.NaN) - top),
    );
    const beginning = await atBeginning(ana);
    const wrong = moved.filter(
      (px) => !(Math.abs(px - TURN_PX) <= STILL_PX || (beginning && px >= 0 && px < TURN_PX)),
    );
    if (wrong.length > 0) jumps.push(`turn ${turn}: moved by ${moved.join(', ')} px, not by ${TURN_PX}`);
  }
  for (const { text } of await inSight(ana)) read.add(text);
  assert.deepEqual(jumps, []);
  assert.equal(read.size, said.length, 'each line was in sight');

  jumps = [];
  for (let turn = 0; turn < 5; turn++) {
    const before = await inSight(ana);
    await wheel(ana, TURN_PX);
    const { text = '', top = 0 } = before.at(-1) ?? {};
    const moved = ((await topOf(ana, text)) ?? Number.NaN) - top;
    if (!(Math.abs(moved + TURN_PX) <= STILL_PX))
      jumps.push(`down, turn ${turn}: moved by ${moved} px, not by -${TURN_PX}`);
  }
  assert.deepEqual(jumps, []);
});

scene('a reader further up is not moved by what is said, and gets back to it in one step', async (stage) => {
  const said = texts(150);
  const ana = await withHistory(stage, said);
  await wheel(ana, -1500);
  const [first] = await inSight(ana);
  assert.ok(first);
  const cy = await stage.member('cy');
  cy.says(...Array.from({ length: 20 }, (_, i) => `MSG new ${i}`));
  await cy.heard();
  await ana.log.getByText(ana.words.notice.came('cy', 1)).waitFor({ state: 'attached' });
  await stillness(ana);
  const top = (await topOf(ana, first.text)) ?? Number.NaN;
  assert.ok(Math.abs(top - first.top) <= STILL_PX, `moved by ${top - first.top} px`);

  await ana.button(ana.words.timeline.toEnd).click();
  await eventually(async () => (await inSight(ana)).at(-1)?.text, 'new 19');
  cy.says('MSG and at the end one stays');
  await eventually(async () => (await inSight(ana)).at(-1)?.text, 'and at the end one stays');
});

scene('the place in a conversation is kept while one is in another', async (stage) => {
  const ana = await withHistory(stage, texts(150));
  await ana.enterRoom('dev');
  await ana.goTo(ana.words.lobby);
  await stillness(ana);
  await wheel(ana, -1500);
  const [first] = await inSight(ana);
  assert.ok(first);
  await ana.goTo('dev');
  await ana.goTo(ana.words.lobby);
  await stillness(ana);
  const top = (await topOf(ana, first.text)) ?? Number.NaN;
  assert.ok(Math.abs(top - first.top) <= STILL_PX, `moved by ${top - first.top} px`);
});

scene('a window of another size keeps the reader at the line that was read', async (stage) => {
  const said = texts(150);
  const ana = await withHistory(stage, said);
  await ana.page.setViewportSize({ width: 700, height: 500 });
  await eventually(
    async () => (await inSight(ana)).at(-1)?.text,
    said.at(-1),
    'at the end one stays at the end',
  );
  await wheel(ana, -1500);
  const [first] = await inSight(ana);
  assert.ok(first);
  await ana.page.setViewportSize({ width: 1100, height: 700 });
  await stillness(ana);
  const top = (await topOf(ana, first.text)) ?? Number.NaN;
  assert.ok(top > -50 && top < 200, `the line is ${top} px from the top, and was ${first.top}`);
});
