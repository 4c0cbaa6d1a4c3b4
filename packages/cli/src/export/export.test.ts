import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { connect } from '@palabre/client';
import { palabre, type Served, serve } from '../testing/palabre.ts';

interface Exported {
  readonly id: number;
  readonly at: number;
  readonly room: string | null;
  readonly from: string;
  readonly to: string | null;
  readonly text: string;
  readonly kind: string;
  readonly re: number | null;
  readonly cont: boolean;
}

function temporary(t: TestContext): string {
  const place = mkdtempSync(join(tmpdir(), 'palabre-export-'));
  t.after(() => rmSync(place, { recursive: true, force: true }));
  return place;
}

/** What `palabre export --json` prints, taken apart; each object has its keys in their order. */
function objects(printed: string): Exported[] {
  return printed
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const one: Exported = JSON.parse(line);
      assert.deepEqual(Object.keys(one), [
        ...['id', 'at', 'room', 'from', 'to', 'text', 'kind'],
        ...['re', 'cont'],
      ]);
      return one;
    });
}

/** ana and bo talk: in the lobby, in Oak, in elm, privately. Returns the ids, by text. */
async function talk({ host, port }: Served): Promise<ReadonlyMap<string, number>> {
  await using ana = await connect(`tcp://${host}:${port}`, { name: 'ana' });
  await using bo = await connect(`tcp://${host}:${port}`, { name: 'bo' });
  const ids = new Map<string, number>();
  const keep = async (text: string, said: Promise<{ readonly id?: number | undefined }>): Promise<void> => {
    ids.set(text, (await said).id ?? 0);
  };
  await keep('one', ana.say('one'));
  await keep('two', bo.say('two', { re: ids.get('one') ?? 0 }));
  await keep('and more', bo.say('and more', { cont: true }));
  for (const room of ['Oak', 'elm']) {
    await ana.room(room).enter();
    await keep(`in ${room}`, ana.room(room).say(`in ${room}`));
  }
  await keep('psst', ana.whisper('bo', 'psst'));
  await keep('the end', bo.say('the end \u00e9\u{1f333}'));
  return ids;
}

test('what was said, from a server that runs: which of it, and in what form', async (t) => {
  const data = join(temporary(t), 'data');
  await using server = await serve('--data', data);
  const ids = await talk(server);
  const texts = async (...flags: string[]): Promise<string[]> => {
    const { status, stdout, stderr } = await palabre(['export', '--json', '--data', data, ...flags]);
    assert.deepEqual([status, stderr], [0, '']);
    return objects(stdout).map(({ text }) => text);
  };
  const lobby = ['one', 'two', 'and more', 'the end \u00e9\u{1f333}'];
  assert.deepEqual(await texts(), lobby);
  assert.deepEqual(await texts('--room', 'OAK'), ['in Oak']);
  assert.deepEqual(await texts('--room', 'ash'), []);
  const all = [...lobby.slice(0, 3), 'in Oak', 'in elm', lobby[3]];
  assert.deepEqual(await texts('--all'), all);
  const everything = [...all.slice(0, 5), 'psst', all[5]];
  assert.deepEqual(await texts('--all', '--private'), everything);
  assert.deepEqual(await texts('--all', '--since', `${ids.get('in Oak')}`), all.slice(4));
  assert.deepEqual(await texts('--all', '--since', '1h'), all);
  assert.deepEqual(await texts('--all', '--since', '2100-01-01'), []);

  const { stdout } = await palabre(['export', '--json', '--data', data, '--all', '--private']);
  const [one, two, more, , , psst] = objects(stdout);
  assert.ok(one && Math.abs(Date.now() - one.at) < 600_000);
  const said = { room: null, to: null, kind: 'message', re: null, cont: false };
  assert.deepEqual(one, { ...said, id: ids.get('one'), at: one.at, from: 'ana', text: 'one' });
  assert.equal(two?.re, ids.get('one'));
  assert.equal(more?.cont, true);
  assert.deepEqual([psst?.from, psst?.to, psst?.kind, psst?.room], ['ana', 'bo', 'private', null]);
  assert.equal(objects(stdout)[3]?.room, 'Oak');

  const plain = await palabre(['export', '--data', data, '--since', `${ids.get('psst')}`]);
  assert.match(plain.stdout, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d bo: the end é🌳\n$/);
});

test('a file gets its name when all is written, is for nobody but its owner, and is not overwritten', async (t) => {
  const place = temporary(t);
  const data = join(place, 'data');
  await using server = await serve('--data', data);
  await talk(server);
  server.process.kill('SIGTERM');
  await once(server.process, 'close');
  const file = join(place, 'all.jsonl');
  const flags = ['export', '--json', '--all', '--data', data, file];
  const forced = await palabre([...flags, '--progress']);
  assert.deepEqual([forced.status, forced.stdout], [0, '']);
  assert.match(forced.stderr, /^6 messages, up to \d{4}-\d\d-\d\d/);
  assert.equal(objects(readFileSync(file, 'utf8')).length, 6);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  writeFileSync(file, 'mine');
  const { status, stderr } = await palabre(flags);
  assert.equal(status, 1);
  assert.match(stderr, /^palabre: .*all\.jsonl exists: .*--force\n$/);
  assert.equal(readFileSync(file, 'utf8'), 'mine');
  assert.equal((await palabre([...flags, '--force'])).status, 0);
  assert.equal(objects(readFileSync(file, 'utf8')).length, 6);
  assert.deepEqual(readdirSync(place).sort(), ['all.jsonl', 'data']);
});

test('whoever reads it may have read enough, and whoever waits for it may stop it', async (t) => {
  const data = join(temporary(t), 'data');
  await using server = await serve('--data', data, '--rate', 'off');
  await using chat = await connect(`tcp://${server.host}:${server.port}`, { name: 'ana' });
  const long = 'x'.repeat(4_000);
  for (let n = 0; n < 30; n++) await Promise.all(Array.from({ length: 100 }, () => chat.say(long)));
  const main = resolve(import.meta.dirname, '../main.ts');
  // More than a pipe holds: without a reader it is not written to its end.
  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    '"$@" | head -n 1; echo "$PIPESTATUS"',
    ...['bash', process.execPath, main, 'export', '--json', '--data', data],
  ]);
  assert.match(stdout, /^\{"id":.*\}\n0\n$/);

  // It waits for a reader that reads no further.
  const waiting = spawn(process.execPath, [main, 'export', '--json', '--data', data]);
  await once(waiting.stdout, 'readable');
  waiting.kill('SIGINT');
  assert.deepEqual(await once(waiting, 'exit'), [null, 'SIGINT']);
  waiting.stdout.destroy();
});

test('a directory without a journal, and flags that contradict each other', async (t) => {
  const place = temporary(t);
  const nothing = await palabre(['export', '--json', '--data', place, join(place, 'all.jsonl')]);
  assert.deepEqual(readdirSync(place), []);
  assert.deepEqual([nothing.status, nothing.stdout], [1, '']);
  assert.match(nothing.stderr, /^palabre: there is no journal in .*--data\n$/);
  for (const wrong of [
    ['--room', 'dev', '--all'],
    ['--since', 'long ago'],
    ['--data', 'none'],
    ['a', 'b'],
  ]) {
    const { status, stderr } = await palabre(['export', ...wrong]);
    assert.equal(status, 2, wrong.join(' '));
    assert.match(stderr, /^error: .+\n$/);
  }
});
