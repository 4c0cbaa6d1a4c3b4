import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { palabre, serve } from '../testing/palabre.ts';

const LINK = /^(https?:\/\/[^/]+(?:\/[^#]*)?)\/#invite=([\w-]+\.[\w-]{22})\n$/;

function directory(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'palabre-invite-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** What an invitation says: anybody can read it. */
function said(invitation: string): { id: string; until: number; room?: string } {
  return JSON.parse(Buffer.from(invitation.split('.')[0] ?? '', 'base64url').toString());
}

test('a link for a time and a room, to where the page is; withdrawn by the link or its key', async (t) => {
  const data = directory(t);
  await using server = await serve('--data', data, '--http', '127.0.0.1:0');
  const [, page = ''] = /with a browser: +(http:\S+)\//.exec(server.greeting) ?? [];
  const first = await palabre(['invite', '--data', data]);
  const [, url, invitation = ''] = LINK.exec(first.stdout) ?? assert.fail(first.stdout + first.stderr);
  assert.deepEqual([first.status, url], [0, page]);
  const { until, room } = said(invitation);
  assert.ok(Math.abs(until - Date.now() - 7 * 86_400_000) < 60_000);
  assert.equal(room, undefined);
  assert.match(first.stderr, /^palabre: this server asks nobody for a key.*\n$/);
  const second = await palabre([
    ...['invite', '--data', data, '--for', '365d', '--room', 'café'],
    ...['--url', 'https://chat.example.org/talk/'],
  ]);
  const [, there, other = ''] = LINK.exec(second.stdout) ?? assert.fail(second.stdout);
  assert.deepEqual([there, said(other).room], ['https://chat.example.org/talk', 'café']);
  for (const one of [first.stdout.trim(), other]) {
    const { status, stdout, stderr } = await palabre(['invite', '--data', data, '--withdraw', one]);
    assert.deepEqual([status, stdout, stderr], [0, 'It lets nobody in any more.\n', '']);
  }
  const { status, stderr } = await palabre(['invite', '--data', data, '--withdraw', `${other}A`]);
  assert.equal(status, 1);
  assert.match(stderr, /no invitation of this server/);
});

test('at most a year; as JSON for programs', async (t) => {
  const data = directory(t);
  await using _ = await serve('--data', data);
  const { status, stderr } = await palabre(['invite', '--data', data, '--for', '366d']);
  assert.equal(status, 1);
  assert.match(stderr, /365 days/);
  const { stdout } = await palabre(['invite', '--data', data, '--json']);
  const answer = JSON.parse(stdout);
  assert.equal(answer.url, null);
  assert.equal(said(answer.invitation).until, answer.until);
});
