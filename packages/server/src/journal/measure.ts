/**
 * What the journal can do on this machine, printed: `node packages/server/src/journal/measure.ts [ROWS]`, 1,000,000 rows when
 * absent. Takes about a minute and 500 MB of the temporary directory.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Name, nameKey, parseName } from '@palabre/protocol';
import type { HistoryQuery, Journal, JournalRecord, KeptMessage } from './kept.ts';
import { kept } from './samples.ts';
import { openJournal } from './sqlite.ts';

const ROWS = Number(parseArgs({ allowPositionals: true }).positionals[0] ?? 1_000_000);
const AUTHORS = 1_000;
const VOCABULARY = 20_000;
const WORDS = 10;

let seed = 1;
const chance = (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};
const under = (limit: number): number => Math.floor(chance() * limit);
const name = (text: string): Name => parseName(text) ?? nameFailed(text);
const nameFailed = (text: string): never => {
  throw new Error(`${text} is not a name`);
};

/** Words that begin as English ones do: a sixth with t, and `word(0)` in half of all messages. */
const vocabulary = Array.from({ length: VOCABULARY }, (_, i) => {
  const letters = Array.from({ length: 2 + under(7) }, () => String.fromCharCode(97 + under(26)));
  return `${i % 6 === 0 ? 't' : ''}${letters.join('')}`;
});
const word = (rank: number): string => vocabulary[rank] ?? '';
const room = name('dev');
let id = 1_000;

function message(): KeptMessage {
  const author = under(AUTHORS);
  id += 1 + under(2);
  const words = Array.from({ length: WORDS }, () => word(Math.floor(VOCABULARY ** chance()) - 1));
  const common = {
    id,
    at: 1.7e12 + id,
    author,
    from: name(`user${author}`),
    text: words.join(' '),
    ref: `m${id}`,
  };
  const kind = under(10);
  if (kind === 0)
    return {
      ...common,
      room: '',
      to: name(`user${(author + 1) % AUTHORS}`),
      recipient: (author + 1) % AUTHORS,
    };
  return kind < 3 ? { ...common, room: nameKey(room), roomName: room } : { ...common, room: '' };
}

const records = (count: number): JournalRecord[] =>
  Array.from({ length: count }, () => ({ type: 'message', message: message() }));

function quantiles(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`;
}

async function timed(work: () => Promise<unknown> | undefined): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function keeping(journal: Journal, size: number, total: number): Promise<void> {
  if (total === 0) return;
  const batches = Array.from({ length: Math.ceil(total / size) }, () => records(size));
  const times: number[] = [];
  for (const batch of batches) times.push(await timed(() => kept(journal, batch)));
  const spent = times.reduce((sum, time) => sum + time, 0);
  console.log(
    `keep, ${size} at a time: ${Math.round((batches.length * size * 1000) / spent)} rows/s; ${quantiles(times)}`,
  );
}

async function asking(journal: Journal, what: string, query: () => HistoryQuery): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < 200; i++) times.push(await timed(() => journal.history(query())));
  console.log(`${what}: ${quantiles(times)}`);
}

async function askingAll(journal: Journal): Promise<void> {
  const lobby: HistoryQuery = { scope: { type: 'room', room: '', since: 0 }, limit: 50, first: 'newest' };
  const someone = () => nameKey(`user${under(AUTHORS)}`);
  const anywhere = () => ({ before: under(id) });
  await asking(journal, 'lobby, newest', () => lobby);
  await asking(journal, 'lobby, before any', () => ({ ...lobby, ...anywhere() }));
  await asking(journal, 'lobby, after any', () => ({ ...lobby, after: under(id), first: 'oldest' }));
  await asking(journal, 'lobby, from one', () => ({ ...lobby, ...anywhere(), from: someone() }));
  await asking(journal, 'a room, before any', () => ({
    ...lobby,
    ...anywhere(),
    scope: { type: 'room', room: nameKey(room), since: 0 },
  }));
  await asking(journal, 'private, with one', () => {
    const identity = under(AUTHORS - 1);
    return { ...lobby, scope: { type: 'private', identity, with: nameKey(`user${identity + 1}`) } };
  });
  const rooms = [
    { room: '' as const, since: 0 },
    { room: nameKey(room), since: 0 },
  ];
  await asking(journal, 'missed, 1,000', () => ({
    ...lobby,
    scope: { type: 'missed', identity: under(AUTHORS), rooms },
    after: Math.floor(id / 2),
    limit: 1_000,
  }));
  await asking(journal, 'find the most frequent word', () => ({ ...lobby, find: word(0) }));
  await asking(journal, 'find the most frequent word, before any', () => ({
    ...lobby,
    ...anywhere(),
    find: `${word(0)}`,
  }));
  await asking(journal, 'find a word, before any', () => ({
    ...lobby,
    ...anywhere(),
    find: word(under(VOCABULARY)),
  }));
  await asking(journal, 'find two words', () => ({
    ...lobby,
    find: `${word(under(100))} ${word(under(100))}`,
  }));
  await asking(journal, 'find a word of one', () => ({ ...lobby, from: someone(), find: word(under(100)) }));
  for (const find of ['t', 'q', 'th'])
    await asking(journal, `find the beginning ${find}`, () => ({ ...lobby, find }));
}

const directory = mkdtempSync(join(tmpdir(), 'palabre-measure-'));
try {
  let { journal } = await openJournal(directory);
  await keeping(journal, 1, Math.min(ROWS, 5_000));
  await keeping(journal, 100, Math.min(ROWS, 100_000));
  await keeping(journal, 500, Math.min(ROWS, 200_000));
  await keeping(journal, 1_000, Math.max(0, ROWS - 305_000));
  const members = Array.from({ length: 1_000 }, (_, i): JournalRecord => {
    const member = { identity: i, name: name(`user${i}`), rooms: [] };
    return { type: 'member', member };
  });
  await kept(journal, members.slice(0, 100));
  await askingAll(journal);
  const long = keeping(journal, 1, Math.min(ROWS, 20_000));
  const searching = asking(journal, 'find, while others speak', () => ({
    scope: { type: 'room', room: '', since: 0 },
    limit: 50,
    first: 'newest',
    find: word(under(10)),
  }));
  await Promise.all([long, searching]);
  for (const count of [100, 1_000]) {
    await kept(journal, members.slice(0, count));
    await journal.close();
    let refs = 0;
    const time = await timed(async () => {
      const opened = await openJournal(directory);
      journal = opened.journal;
      refs = opened.restored.members.reduce((sum, { refs }) => sum + refs.length, 0);
    });
    console.log(`open with ${count} members and ${refs} refs: ${time.toFixed(0)} ms`);
  }
  await journal.close();
  console.log(`${(statSync(join(directory, 'journal.db')).size / ROWS).toFixed(0)} bytes a message`);
} finally {
  rmSync(directory, { recursive: true });
}
