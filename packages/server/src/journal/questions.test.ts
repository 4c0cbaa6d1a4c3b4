import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HistoryPage, HistoryQuery } from './kept.ts';
import { Questions } from './questions.ts';
import { lobby } from './samples.ts';

const always = (): boolean => true;

function search(find: string): HistoryQuery {
  return { ...lobby, find };
}

function replay(identity: number): HistoryQuery {
  return { ...lobby, scope: { type: 'missed', identity, rooms: [] } };
}

/** What has been read, in order; each takes a turn of the event loop. */
function questions(): { read: string[]; questions: Questions } {
  const read: string[] = [];
  const questions = new Questions(async ({ find, scope }) => {
    read.push(find ?? scope.type);
    await new Promise((resolve) => setImmediate(resolve));
    if (find === 'wrong') throw new Error(find);
    return { messages: [], more: false } satisfies HistoryPage;
  });
  return { read, questions };
}

test('one question at a time, in order, those of members who come back first', async () => {
  const { read, questions: all } = questions();
  const asked = [search('a'), search('b'), replay(1), search('c'), replay(2)].map((query) =>
    all.ask(query, always),
  );
  await all.answered();
  assert.deepEqual(read, ['missed', 'missed', 'a', 'b', 'c']);
  await Promise.all(asked);
});

test('what is not wanted any more when its turn comes is not asked', async () => {
  const { read, questions: all } = questions();
  let there = true;
  const first = all.ask(search('a'), always);
  const gone = all.ask(search('b'), () => there);
  const last = all.ask(search('c'), always);
  there = false;
  assert.deepEqual((await Promise.all([first, gone, last])).length, 3);
  assert.deepEqual(read, ['a', 'c']);
});

test('where the first is not wanted the next ones are answered all the same', async () => {
  const { read, questions: all } = questions();
  await all.ask(search('a'), () => false);
  await all.ask(search('b'), always);
  await all.answered();
  assert.deepEqual(read, ['b']);
});

test('one that fails fails alone, and what is asked later is answered', async () => {
  const { read, questions: all } = questions();
  const [wrong, right] = [search('wrong'), search('b')].map((query) => all.ask(query, always));
  await assert.rejects(wrong ?? assert.fail(), /wrong/);
  await right;
  await all.answered();
  await all.ask(search('c'), always);
  assert.deepEqual(read, ['wrong', 'b', 'c']);
});
