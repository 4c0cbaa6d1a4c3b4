/** Search, mentions: over the real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { App } from './app.ts';
import { find, messages, Pages, shows } from './testing/pages.ts';
import { Server } from './testing/server.ts';
import { until } from './testing/until.ts';

const DEADLINE = { timeout: 60_000 };

/** What a search finds, with the lines around each. */
async function search(page: App, query: string): Promise<string[][]> {
  page.search.query.value = query;
  await page.search.run();
  return page.search.results.value.map(({ message, before, after }) => [
    before.map(({ text }) => text).join(' '),
    `${message.conversation}: ${message.text}`,
    after.map(({ text }) => text).join(' '),
  ]);
}

test(
  '3.9 what was said is found wherever one may read it, newest first, and leads to its place and back',
  DEADLINE,
  async () => {
    await using server = await Server.start();
    await using pages = new Pages(server.address);
    const [ana, bo] = [await pages.enter('ana'), await pages.enter('bo')];
    for (const text of ['one', 'the big tree', 'two', 'three']) await ana.submit(text);
    await ana.submit('/join dev');
    await ana.submit('a tree in the room');
    await ana.submit('/msg bo a private tree');
    await until(() => ana.line.value.waiting === 0);
    await bo.submit('another tree');
    await shows(bo, 'another tree');
    ana.open('lobby');
    await shows(ana, 'another tree');
    assert.deepEqual(await search(ana, 'tree'), [
      ['two three', 'lobby: another tree', ''],
      ['', 'with:bo: a private tree', ''],
      ['', 'room:dev: a tree in the room', ''],
      ['one', 'lobby: the big tree', 'two three'],
    ]);
    assert.equal(ana.search.more.value, false);
    assert.deepEqual(
      (await search(ana, 'tree from:bo')).map(([, line]) => line),
      ['lobby: another tree'],
    );
    for (const [query, count] of [
      ['tree in:dev', 1],
      ['tree in:#DEV from:bo', 0],
      ['tree in:lobby', 2],
      ['tree in:@bo', 1],
      ['in:dev from:ana', 1],
      ['tree in:nowhere', 0],
    ] as const) {
      assert.equal((await search(ana, query)).length, count, query);
    }
    ana.search.clear();
    assert.deepEqual([ana.search.state.value, ana.search.results.value], ['idle', []]);
    assert.deepEqual(await search(ana, ' '), []);
    assert.equal(await ana.submit('/search big tree'), undefined);
    assert.equal(ana.panel.value, 'search');
    await until(() => ana.search.results.value.length === 1);
    const id = ana.search.results.value[0]?.message.id ?? 0;
    for (let i = 0; i < 150; i++) await bo.submit(`line ${i}`);
    await shows(bo, 'line 149');
    const cy = await pages.enter('cy');
    const { timeline } = cy.current.value;
    const key = await cy.current.value.toMessage(id);
    assert.equal(messages(cy.current.value).find((line) => line.key === key)?.text, 'the big tree');
    assert.equal(timeline.hasNewer.value, true);
    await timeline.toEnd();
    await shows(cy, 'line 149');
    assert.equal(timeline.hasNewer.value, false);
  },
);

test('many finds come page by page, none twice', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  const ana = await pages.enter('ana');
  await ana.submit('/join dev');
  for (let i = 0; i < 34; i++) {
    ana.open(i % 3 === 0 ? 'lobby' : 'room:dev');
    await ana.submit(`tree ${i}`);
  }
  await until(() => ana.line.value.waiting === 0);
  await search(ana, 'tree');
  while (ana.search.more.value) await ana.search.runMore();
  const found = ana.search.results.value.map(({ message }) => message.text);
  assert.deepEqual(
    found,
    Array.from({ length: 34 }, (_, i) => `tree ${33 - i}`),
  );
});

test('lines that name oneself are listed: those that come, and those of the history', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  const bo = await pages.enter('bo');
  for (const text of ['ana, are you there?', 'banana', 'I will wait for ana.', 'anaconda'])
    await bo.submit(text);
  await until(() => bo.line.value.waiting === 0);
  const ana = await pages.enter('ana');
  const said = (): string[] => ana.mentions.value.map(({ text }) => text);
  assert.deepEqual(said(), []);
  await ana.listMentions();
  assert.deepEqual(said(), ['I will wait for ana.', 'ana, are you there?']);
  await bo.submit('there is ANA');
  await until(() => said().length === 3);
  await ana.listMentions();
  assert.deepEqual(said(), ['there is ANA', 'I will wait for ana.', 'ana, are you there?']);
  const first = ana.mentions.value[2];
  assert.equal(await find(ana, 'lobby').toMessage(first?.id ?? 0), first?.key);
});
