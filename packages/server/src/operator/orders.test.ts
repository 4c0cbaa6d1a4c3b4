/** What is ordered takes effect once it is kept, in its order: with a journal that keeps when the test says so. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameKey, parseName } from '@palabre/protocol';
import { Bans } from '../admission/bans.ts';
import { Invitations } from '../admission/invitations.ts';
import { Chat } from '../chat/chat.ts';
import type { Effect } from '../chat/effects.ts';
import { OutputCommit } from '../journal/commit.ts';
import type { Journal } from '../journal/kept.ts';
import { Connections } from '../listeners/connections.ts';
import { LocalLog } from '../log/local.ts';
import { Orders } from './orders.ts';

const named = (text: string) => parseName(text) ?? assert.fail(text);
const TROLL = { type: 'name', name: named('troll') } as const;

function server() {
  const commits: { resolve(): void; reject(error: Error): void }[] = [];
  const seen: string[] = [];
  const chat = new Chat();
  const bans = new Bans([]);
  const release = (effect: Effect): void => {
    if (effect.type === 'operator') orders.carryOut(effect.act);
    if (effect.type === 'broadcast' && 'name' in effect.line)
      seen.push(`${effect.line.word} ${effect.line.name}`);
    if (effect.type === 'close') seen.push(`close ${effect.connection}`);
  };
  const journal: Pick<Journal, 'keep'> = {
    keep: (_records, settled) => commits.push({ resolve: () => settled(), reject: settled }) > 0,
  };
  const commit = new OutputCommit(
    journal,
    release,
    (command) => log.append(command),
    () => {},
  );
  const log = new LocalLog((command, id, at) => commit.add(chat.apply(command, id, at)), 0);
  const orders = new Orders(log, new Connections(1), bans, new Invitations(new Uint8Array(32)));
  const enter = (connection: number, name: string) =>
    log.append({ type: 'enter', connection, name: named(name), extended: false });
  return { bans, commits, enter, orders, seen, commit };
}

test('4.7 who comes in while the ban is being kept is sent away too; nobody is refused before it is kept', async () => {
  const { bans, commits, enter, orders, seen, commit } = server();
  const answer = orders.give({ type: 'ban', subject: TROLL });
  enter(1, 'troll'); // It has passed the door, which does not know of the ban yet.
  assert.equal(bans.refuses({ name: TROLL.name, address: '192.0.2.1' }), undefined);
  assert.deepEqual(seen, []);
  commits[0]?.resolve();
  assert.deepEqual(await answer, { type: 'done', connections: 1 });
  assert.equal(bans.refuses({ name: TROLL.name, address: '192.0.2.1' }), 'banned');
  await commit.settled();
  assert.deepEqual(seen, ['ARR troll', 'LFT troll', 'close 1']);
});

test('4.8 what the server can not keep it has not said', async () => {
  const { commits, orders, seen } = server();
  const said = orders.give({ type: 'announce', room: '', text: 'hello' });
  commits[0]?.reject(new Error('the disk is full'));
  assert.deepEqual(await said, { type: 'full' });
  assert.deepEqual(seen, []);
  const survey = await orders.give({ type: 'survey' });
  assert.equal(survey.type === 'survey' && survey.survey.messages, 0);
});

test('what can not be kept takes effect all the same, but for what is said', async () => {
  const { bans, commits, enter, orders, seen } = server();
  enter(1, 'troll');
  const banned = orders.give({ type: 'ban', subject: TROLL });
  commits[0]?.reject(new Error('the disk is full'));
  assert.deepEqual(await banned, { type: 'done', connections: 1 });
  assert.equal(bans.list().length, 1);
  assert.deepEqual(seen, ['ARR troll', 'LFT troll', 'close 1']);
});

test('nobody of that name, no such ban, no such room', async () => {
  const { commits, orders } = server();
  assert.deepEqual(await orders.give({ type: 'expel', name: nameKey('zoe') }), { type: 'nobody' });
  assert.deepEqual(await orders.give({ type: 'announce', room: nameKey('x'), text: 'x' }), { type: 'room' });
  const unbanned = orders.give({ type: 'unban', subject: TROLL });
  commits[0]?.resolve();
  assert.deepEqual(await unbanned, { type: 'none' });
});
