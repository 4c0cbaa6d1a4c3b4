import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatExtended } from '@palabre/protocol';
import { Chat } from '../chat/chat.ts';
import type { Effect } from '../chat/effects.ts';
import { LocalLog } from '../log/local.ts';
import { OutputCommit } from './commit.ts';
import type { JournalRecord, Settled } from './kept.ts';
import { named } from './samples.ts';

const OLD = 1;
const NEW = 2;

/** A chat with ana on two connections, before a journal that settles what it was given when the test says so. */
function chat() {
  const heard: string[] = [];
  const given: (readonly JournalRecord[])[] = [];
  const waiting: Settled[] = [];
  const chat = new Chat();
  const release = (effect: Effect): void => {
    if (effect.type !== 'copy' && effect.type !== 'send') return;
    heard.push(`${effect.connection} ${formatExtended(effect.line).replace(/;(?:at|id)=\d+/g, '')}`);
  };
  const keep = (records: readonly JournalRecord[], settled: Settled): boolean =>
    given.push(records) + waiting.push(settled) > 0;
  const commit = new OutputCommit(
    { keep },
    release,
    (command) => log.append(command),
    () => {},
  );
  const log = new LocalLog((command, id, at) => commit.add(chat.apply(command, id, at)), 0);
  const name = named('ana');
  log.append({ type: 'enter', connection: OLD, name, extended: true });
  waiting.shift()?.();
  log.append({ type: 'resume', connection: NEW, identity: 1, name, extended: true });
  const say = (connection: number, ref: string): void =>
    log.append({ type: 'say', connection, room: '', text: 'hi', ref });
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const settle = async (error?: Error): Promise<void> => {
    await turn();
    waiting.shift()?.(error);
    await turn();
  };
  return { heard, given, say, settle, commit };
}

test('3.6 what is said again before it is known to be kept gets no receipt if it is not', async () => {
  const { heard, say, settle } = chat();
  say(OLD, 'a');
  say(NEW, 'a');
  await settle(new Error('full'));
  assert.deepEqual(heard, ['1 @ref=a;why=full ERR ana', '2 @ref=a;why=full ERR ana']);
});

test('3.6 nor if it is said again while the commit is under way, before another one or behind it', async () => {
  for (const goesOn of [false, true]) {
    const { heard, say, settle, commit } = chat();
    say(OLD, 'a');
    await new Promise((resolve) => setImmediate(resolve));
    say(NEW, 'a');
    say(NEW, 'b');
    if (goesOn) commit.goOn();
    await settle(new Error('full'));
    if (goesOn) await settle(new Error('full'));
    assert.deepEqual(heard.map((line) => line.replace(/^(\d) @ref=(.);why=full ERR ana$/, '$1$2')).sort(), [
      '1a',
      '2a',
      '2b',
    ]);
  }
});

test('3.6 after that what is said again goes on where it was refused first, not behind it', async () => {
  const { heard, say, settle, commit } = chat();
  for (const ref of ['a', 'a', 'b']) say(OLD, ref);
  await settle(new Error('full'));
  assert.equal(heard.length, 3);
  const finished = commit.finish(); // Something to try with comes once a second, or at the end.
  await settle();
  await finished;
  heard.length = 0;
  for (const ref of ['a', 'b']) say(OLD, ref);
  await settle();
  await settle();
  assert.deepEqual(heard, ['1 @ref=a MSG ana hi', '1 @ref=b MSG ana hi']);
});

test('3.6 it gets one where it is kept, and is kept once', async () => {
  const { heard, given, say, settle } = chat();
  say(OLD, 'a');
  say(NEW, 'a');
  await settle();
  assert.deepEqual(heard, ['1 @ref=a MSG ana hi', '2 @ref=a MSG ana hi']);
  assert.equal(given.flat().filter(({ type }) => type === 'message').length, 1);
});
