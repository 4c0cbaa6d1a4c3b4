import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { nameKey } from '@palabre/protocol';
import { DataInUse, DataUnusable, JournalUnreadable, JournalUnwritable } from './errors.ts';
import type { Journal, Restored } from './kept.ts';
import { kept, lobby, member, message, named, said, temporary } from './samples.ts';
import { type JournalOptions, openJournal } from './sqlite.ts';

async function opened(
  t: TestContext,
  directory: string,
  options?: JournalOptions,
): Promise<{ journal: Journal; restored: Restored }> {
  const both = await openJournal(directory, options);
  t.after(() => both.journal.close());
  return both;
}

test('what is kept is there at once, and after a restart', async (t) => {
  const directory = temporary(t);
  const { journal } = await opened(t, directory);
  const messages = [
    message(3, { ref: 'a.1', re: 2, cont: true, text: '  kept byte for byte \t' }),
    message(5, { room: nameKey('dev'), roomName: named('Dev') }),
    message(8, { to: named('Bo'), recipient: 2 }),
  ];
  assert.equal(journal.keep([], assert.fail), false);
  await kept(
    journal,
    messages.map((message) => ({ type: 'message', message })),
  );
  const scope = {
    type: 'missed',
    identity: 2,
    rooms: ['', nameKey('dev')].map((room) => ({ room: nameKey(room), since: 0 })),
  } as const;
  const all = { messages, more: false };
  assert.deepEqual(await journal.history({ ...lobby, scope }), all);
  await journal.close();
  const again = await opened(t, directory);
  assert.deepEqual(await again.journal.history({ ...lobby, scope }), all);
});

test('8.3 the secret, members, their rooms and last 256 refs survive a restart', async (t) => {
  const directory = temporary(t);
  const { journal, restored } = await opened(t, directory);
  assert.equal(restored.secret.length, 32);
  assert.deepEqual([restored.lastId, restored.members], [0, []]);
  for (let id = 1; id <= 300; id++)
    await kept(journal, [said(id, { author: 7, ref: `r${id}` }), said(1_000 + id, { author: 8 })]);
  await kept(journal, [
    { type: 'member', member: member(7, 'ana') },
    { type: 'member', member: member(8, 'bo', 5_000) },
    { type: 'member', member: member(9, 'cy') },
    { type: 'gone', identity: 9 },
    { type: 'member', member: member(7, 'Anna', 12) },
  ]);
  await kept(journal, [{ type: 'gone', identity: 1_234 }]);
  await journal.close();
  const again = (await opened(t, directory)).restored;
  assert.deepEqual(again.secret, restored.secret);
  assert.equal(again.lastId, 5_000); // Of a room: higher than any message's.
  const refs = Array.from({ length: 256 }, (_, i) => ({ ref: `r${i + 45}`, id: i + 45, at: 1_045 + i }));
  assert.deepEqual(again.members, [
    { ...member(7, 'Anna', 12), refs },
    { ...member(8, 'bo', 5_000), refs: [] },
  ]);
});

test('a directory is one server at a time', async (t) => {
  const directory = temporary(t);
  const { journal } = await opened(t, directory);
  await assert.rejects(openJournal(directory), DataInUse);
  await assert.rejects(openJournal(directory), DataInUse); // The first attempt must not have loosed the lock.
  const other = `import { openJournal } from ${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)};
    await openJournal(${JSON.stringify(directory)}).catch((error) => console.log(error.name));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', other]);
  assert.equal(stdout, 'DataInUse\n');
  await kept(journal, [said(1)]);
  await journal.close();
  await opened(t, directory);
});

test('what cannot be a journal is said in one line', async (t) => {
  const directory = temporary(t);
  const at = (name: string) => join(directory, name);
  writeFileSync(at('file'), '');
  for (const name of ['garbage', 'other', 'blocked']) mkdirSync(at(name));
  writeFileSync(at('garbage/journal.db'), 'this is not a database, whatever its name may say\n'.repeat(100));
  const other = new DatabaseSync(at('other/journal.db'));
  other.exec('PRAGMA user_version = 77; CREATE TABLE theirs (a)');
  other.close();
  mkdirSync(at('blocked/lock'));
  for (const name of ['file', 'file/below', 'garbage', 'other', 'blocked', '\0']) {
    await assert.rejects(openJournal(at(name)), (error) => {
      assert.ok(error instanceof DataUnusable, String(error));
      assert.match(error.message, /^[^\n]+: [^\n]+$/);
      return true;
    });
  }
});

test('nobody else may read it, whatever the umask', async (t) => {
  const directory = join(temporary(t), 'deep', 'data');
  const umask = process.umask(0);
  t.after(() => process.umask(umask));
  const { journal } = await opened(t, directory);
  await kept(journal, [said(1)]);
  await journal.history(lobby);
  const mode = (path: string) => statSync(path).mode & 0o777;
  assert.equal(mode(directory), 0o700);
  const files = readdirSync(directory);
  assert.ok(files.includes('journal.db-wal'));
  for (const file of files) assert.equal(mode(join(directory, file)), 0o600, file);
});

test('a directory that was there keeps its permissions', async (t) => {
  const directory = temporary(t);
  chmodSync(directory, 0o750);
  await opened(t, directory);
  assert.equal(statSync(directory).mode & 0o777, 0o750);
});

test('a batch is kept whole or not at all', async (t) => {
  const { journal } = await opened(t, temporary(t));
  await kept(journal, [said(2)]);
  await assert.rejects(
    kept(journal, [said(3), { type: 'member', member: member(1, 'ana') }, said(2)]),
    JournalUnwritable,
  );
  await kept(journal, [said(4)]);
  const { messages } = await journal.history(lobby);
  assert.deepEqual(
    messages.map(({ id }) => id),
    [2, 4],
  );
});

test('what is given before the last was settled is kept after it, and not at all if that is not', async (t) => {
  const { journal } = await opened(t, temporary(t));
  await kept(journal, [said(2)]);
  const all = [[said(2)], [said(3)], [said(4)]].map((records) => kept(journal, records));
  for (const one of await Promise.allSettled(all)) assert.equal(one.status, 'rejected');
  await Promise.all([kept(journal, [said(5)]), kept(journal, [said(6)])]);
  const { messages } = await journal.history(lobby);
  assert.deepEqual(
    messages.map(({ id }) => id),
    [2, 5, 6],
  );
});

test('close lets what was asked be answered, then the process end, without a word', async (t) => {
  const program = `
    import { openJournal } from ${JSON.stringify(new URL('./sqlite.ts', import.meta.url).href)};
    const { journal } = await openJournal(${JSON.stringify(temporary(t))});
    const keep = () => new Promise((done) => journal.keep([{ type: 'gone', identity: 1 }], done));
    const kept = keep();
    const query = { scope: { type: 'room', room: '', since: 0 }, limit: 5, first: 'newest' };
    const page = journal.history(query);
    await journal.close();
    await journal.close();
    await Promise.all([kept, page]);
    console.log((await kept)?.name, (await keep())?.name);
    await journal.history(query).catch((error) => console.log(error.name));`;
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    program,
  ]);
  assert.deepEqual([stdout, stderr], ['undefined JournalUnwritable\nJournalUnreadable\n', '']);
});

test('a query that cannot be answered is rejected, and the next one answered', async (t) => {
  const { journal } = await opened(t, temporary(t));
  await assert.rejects(journal.history({ ...lobby, find: 'x', limit: Number.NaN }), JournalUnreadable);
  assert.deepEqual(await journal.history(lobby), { messages: [], more: false });
});

test('what is older than keepMs goes, and no id comes back', async (t) => {
  const directory = temporary(t);
  const first = await opened(t, directory);
  const now = Date.now();
  const old = Array.from({ length: 1_234 }, (_, i) =>
    said(i + 1, { at: now - 60_000, ref: `r${i}`, recipient: 3, to: named('Bo') }),
  );
  await kept(first.journal, old);
  await kept(first.journal, [said(2_000, { at: now - 60_000 })]);
  await first.journal.close();
  const { journal, restored } = await opened(t, directory, { keepMs: 30_000 });
  assert.equal(restored.lastId, 2_000);
  const scope = { type: 'missed', identity: 1, rooms: [{ room: '', since: 0 }] } as const;
  const left = async () => (await journal.history({ ...lobby, scope })).messages;
  await kept(journal, [{ type: 'member', member: member(1, 'ana') }]);
  while ((await left()).length > 0) await setImmediate(); // As long as the test may take.
  await kept(journal, [said(2_001, { at: now })]);
  assert.equal((await left()).length, 1);
  await journal.close();
  const again = await opened(t, directory, { keepMs: 1 });
  assert.equal(again.restored.lastId, 2_001);
  while ((await again.journal.history(lobby)).messages.length > 0) await setImmediate();
  await again.journal.close();
  const { restored: last } = await opened(t, directory);
  assert.equal(last.lastId, 2_001);
  assert.deepEqual(last.members[0]?.refs, []);
});
