/** What was said while one looked elsewhere. */
import assert from 'node:assert/strict';
import { eventually } from './stage/deadline.ts';
import type { Person } from './stage/person.ts';
import { scene } from './stage/scene.ts';

/** What stands under the mark "new since you looked". */
async function fresh({ log }: Person): Promise<string[]> {
  return await log.evaluate((list) => {
    const rows = [...list.querySelectorAll('[data-key]')];
    const first = rows.findIndex((row) => row.querySelector('.fresh'));
    return first < 0 ? [] : rows.slice(first).flatMap((row) => row.querySelector('.text')?.textContent ?? []);
  });
}

scene('what is unread is counted, mentions apart, and marked where it begins', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.member('bo');
  const { words } = ana;
  bo.says('MSG this is read');
  await ana.sees('this is read');
  await ana.enterRoom('dev');

  bo.says('MSG one', 'MSG two', 'MSG ana, three', 'PRV ana psst');
  await ana.isListed(words.lobby, words.unread(3), words.mentioned(1));
  await ana.isListed('bo', words.unread(1));
  await eventually(() => ana.page.title(), '(2) dev · Palabre', 'a mention and a private line are urgent');
  await ana.shows('unread');

  await ana.goTo(words.lobby);
  await eventually(() => fresh(ana), ['one', 'two', 'ana, three']);
  await ana.isListed(words.lobby);
  await eventually(() => ana.page.title(), `(1) ${words.lobby} · Palabre`);
  await ana.shows('unread mark');

  await ana.goTo('bo');
  await eventually(() => ana.page.title(), 'bo · Palabre');
  await ana.goTo(words.lobby);
  await eventually(() => fresh(ana), [], 'seen once, the mark is gone');
});

scene('the first unread line is one step away', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.member('bo');
  const { words } = ana;
  bo.says('MSG this is read');
  await ana.sees('this is read');
  await ana.enterRoom('dev');
  bo.says(...Array.from({ length: 300 }, (_, i) => `MSG line ${i + 1}`));
  await ana.isListed(words.lobby, words.unread(300));

  await ana.goTo(words.lobby);
  await ana.sees('line 300');
  await ana.button(words.timeline.toUnread).click();
  await ana.line('line 1').waitFor();
  assert.ok(await inSight(ana, 'line 1'));
  await eventually(async () => (await fresh(ana))[0], 'line 1');
  await ana.shows('first unread');

  await ana.button(words.timeline.toEnd).click();
  await ana.line('line 300').waitFor();
  await eventually(() => inSight(ana, 'line 300'), true);
  await ana.button(words.timeline.markRead).click();
  await ana.button(words.timeline.toUnread).waitFor({ state: 'detached' });
});

async function inSight(person: Person, text: string): Promise<boolean> {
  const [line, log] = await Promise.all([person.line(text).boundingBox(), person.log.boundingBox()]);
  return line !== null && log !== null && line.y >= log.y && line.y + line.height <= log.y + log.height;
}

scene('what comes while one looks away is unread, and the title counts it', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.member('bo');
  const { words } = ana;
  bo.says('MSG you see this');
  await ana.sees('you see this');
  await eventually(() => ana.page.title(), `${words.lobby} · Palabre`);

  await ana.looksAway();
  bo.says('MSG nobody in particular');
  await eventually(() => ana.page.title(), `(•) ${words.lobby} · Palabre`);
  bo.says('MSG ana!');
  await eventually(() => ana.page.title(), `(1) ${words.lobby} · Palabre`);

  await ana.looksBack();
  await eventually(() => ana.page.title(), `${words.lobby} · Palabre`);
  await eventually(() => fresh(ana), ['nobody in particular', 'ana!']);
});

scene('lines that name one are listed, and lead to their places', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.enter('bo');
  const { words } = ana;
  for (const person of [bo, ana]) await person.enterRoom('dev');
  await bo.say('@ana in the room');
  await ana.sees('@ana in the room');
  await bo.goTo(words.lobby);
  await bo.say('ana in the lobby');
  await bo.say('nobody');

  await ana.button(words.header.mentions).click();
  const panel = ana.panel(words.mentions.title);
  await eventually(
    () => panel.locator('.found-line').allInnerTexts(),
    ['bo ana in the lobby', 'bo @ana in the room'],
  );
  await panel.getByText('ana in the lobby').click();
  await ana.isIn(words.lobby);
  await ana.sees('ana in the lobby');
  await ana.button(words.timeline.back).click();
  await ana.isIn('dev');
  await ana.shows('mentions');
});
