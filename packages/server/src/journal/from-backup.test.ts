import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { Tokens } from '../conversation/tokens.ts';
import { backupJournal } from './backup.ts';
import { hold, journalPath } from './directory.ts';
import { DataInUse, DataUnusable } from './errors.ts';
import { restoreJournal } from './from-backup.ts';
import { kept, lobby, member, said, temporary } from './samples.ts';
import { openJournal } from './sqlite.ts';

const NOW = Date.UTC(2026, 10, 22);

/** A backup of ten messages and one member, and a place for what is restored. */
async function backupIn(t: TestContext): Promise<{ file: string; directory: string; secret: Uint8Array }> {
  const place = temporary(t);
  const source = join(place, 'source');
  const { journal, restored } = await openJournal(source);
  const ten = Array.from({ length: 10 }, (_, i) => said(i + 1, { ref: `r${i}` }));
  await kept(journal, [{ type: 'member', member: member(1, 'ana') }, ...ten]);
  await journal.close();
  const file = join(place, 'backup.db');
  await backupJournal({ directory: source, file, overwrite: false });
  return { file, directory: join(place, 'new', 'data'), secret: restored.secret };
}

test('a server goes on with it: messages, who may come back, their refs, the secret', async (t) => {
  const { file, directory, secret } = await backupIn(t);
  const before = readFileSync(file);
  chmodSync(file, 0o444);
  const { messages, newest, aside } = await restoreJournal({ file, directory, overwrite: false, now: NOW });
  assert.deepEqual({ messages, newest, aside }, { messages: 10, newest: 1_010, aside: undefined });
  assert.equal(statSync(journalPath(directory)).mode & 0o777, 0o600);
  const { journal, restored } = await openJournal(directory);
  const page = await journal.history({ ...lobby, find: 'message' });
  assert.equal(page.messages.length, 10);
  assert.deepEqual(restored.secret, secret);
  assert.deepEqual(
    restored.members.map(({ name, refs }) => [name, refs.length]),
    [['ana', 10]],
  );
  await journal.close();
  assert.deepEqual(readFileSync(file), before, 'the backup stays as it is');
});

test('ids go on above all that may have been given, also where one backup is restored again and again', async (t) => {
  const { file, directory } = await backupIn(t);
  let highest = 10;
  for (const now of [NOW, NOW + 60_000, NOW + 60_001]) {
    const { lastId } = await restoreJournal({ file, directory, overwrite: true, now });
    assert.ok(lastId > highest && Number.isSafeInteger(lastId) && lastId.toString(36).length <= 10);
    const { journal, restored } = await openJournal(directory);
    assert.equal(restored.lastId, lastId);
    highest = lastId + 50;
    await kept(journal, [said(highest)]);
    await journal.close();
  }
  // A clock that is years behind.
  const { lastId } = await restoreJournal({ file, directory, overwrite: true, now: 0 });
  assert.ok(lastId > 1_000_000_000);
});

test('root restores for whoever has the directory', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('only root can give files away');
  const { file } = await backupIn(t);
  const directory = temporary(t);
  chownSync(directory, 65_534, 65_533);
  await restoreJournal({ file, directory, overwrite: false, now: NOW });
  for (const name of readdirSync(directory)) {
    const { uid, gid } = statSync(join(directory, name));
    assert.deepEqual([uid, gid], [65_534, 65_533], name);
  }
});

test('where a server runs, it is refused', async (t) => {
  const { file, directory } = await backupIn(t);
  const server = hold(directory);
  for (const overwrite of [false, true])
    await assert.rejects(restoreJournal({ file, directory, overwrite, now: NOW }), DataInUse);
  server.release();
});

test('a journal that is there is moved aside, whole, and only if that is asked for', async (t) => {
  const { file, directory } = await backupIn(t);
  const there = await openJournal(directory);
  await kept(there.journal, [said(1, { text: 'only here' })]);
  await there.journal.close();
  const before = readFileSync(journalPath(directory));
  const refused = restoreJournal({ file, directory, overwrite: false, now: NOW });
  await assert.rejects(refused, (error) => error instanceof DataUnusable && /--force/.test(error.message));
  assert.deepEqual(readFileSync(journalPath(directory)), before);
  writeFileSync(`${journalPath(directory)}-wal`, 'its log');
  const { aside } = await restoreJournal({ file, directory, overwrite: true, now: NOW });
  assert.equal(aside, join(directory, 'journal-until-2026-11-22T00-00-00.000Z.db'));
  assert.deepEqual(readFileSync(aside), before);
  assert.equal(readFileSync(`${aside}-wal`, 'utf8'), 'its log');
  assert.deepEqual(
    readdirSync(directory).filter((name) => name.startsWith('journal.')),
    ['journal.db'],
  );
});

test('what is no whole journal is refused, and nothing has changed', async (t) => {
  const { file, directory } = await backupIn(t);
  const wrong = join(temporary(t), 'wrong.db');
  const refused = (from: string, why: RegExp) =>
    assert.rejects(
      restoreJournal({ file: from, directory, overwrite: true, now: NOW }),
      (error) => error instanceof DataUnusable && why.test(error.message) && error.message.includes(from),
    );
  const bytes = readFileSync(file);
  await refused(wrong, /is not a file/);
  writeFileSync(wrong, 'no database');
  await refused(wrong, /no journal of Palabre's, or damaged/);
  writeFileSync(wrong, '');
  await refused(wrong, /no journal of Palabre's/);
  writeFileSync(wrong, bytes.subarray(0, bytes.length - 3 * 4096));
  await refused(wrong, /damaged/);
  copyFileSync(file, wrong);
  let db = new DatabaseSync(wrong);
  db.exec('DELETE FROM meta');
  db.close();
  await refused(wrong, /no secret/);
  copyFileSync(file, wrong);
  db = new DatabaseSync(wrong);
  db.exec('PRAGMA user_version = 1000');
  db.close();
  await refused(wrong, /newer Palabre/);
  copyFileSync(file, wrong);
  writeFileSync(`${wrong}-wal`, 'what it says last');
  await refused(wrong, /belongs to a server/);
  assert.deepEqual(readdirSync(directory), ['lock']);
});

test('after the words of SECURITY.md for a stolen backup no token from before is good, and all else is there', async (t) => {
  const { file, directory, secret } = await backupIn(t);
  await restoreJournal({ file, directory, overwrite: false, now: NOW });
  const page = readFileSync(join(import.meta.dirname, '../../../../SECURITY.md'), 'utf8');
  const [, words = ''] = /sqlite3 \S+journal\.db '(.+)'/.exec(page) ?? [];
  const db = new DatabaseSync(journalPath(directory));
  db.exec(words);
  db.close();
  const { journal, restored } = await openJournal(directory);
  await journal.close();
  assert.equal(restored.secret.length, 32);
  assert.notDeepEqual(restored.secret, secret);
  assert.equal(new Tokens(restored.secret).verify(new Tokens(secret).sign(1)), undefined);
  assert.equal(restored.members.length, 1);
});
