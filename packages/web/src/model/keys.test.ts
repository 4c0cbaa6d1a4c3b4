/** Servers that ask for a key, and links that invite: over the real server. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Refused } from '@palabre/client';
import type { Entry } from './app.ts';
import { readInvitation } from './invitation.ts';
import { TestDevice } from './testing/device.ts';
import { inside, Pages } from './testing/pages.ts';
import { Server } from './testing/server.ts';
import { until } from './testing/until.ts';

const DEADLINE = { timeout: 60_000 };

/** What the form says, read anew each time. */
function wrongWith(entry: Entry): string | undefined {
  return entry.problem.value?.what;
}

function hashOf(claims: unknown, signature = 'signature'): string {
  return `#invite=${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
}

async function locked(t: TestContext, password: string): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'palabre-web-key-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'password');
  await writeFile(file, password, { mode: 0o600 });
  return await Server.start('--password-file', file, '--linger', '0');
}

test(
  'the key is asked for once the server wants one; a wrong one is said to be so; the right one lets in',
  DEADLINE,
  async (t) => {
    await using server = await locked(t, 'open sesame');
    await using pages = new Pages(server.address);
    const { entry, stage, me } = pages.load();
    assert.equal(entry.key.value, undefined);
    entry.name.value = 'ana';
    await entry.enter();
    assert.deepEqual([entry.key.value, wrongWith(entry)], ['', 'key-needed']);
    await entry.enter();
    assert.equal(wrongWith(entry), 'key-needed');
    entry.key.value = 'guess';
    assert.equal(entry.problem.value, undefined);
    await entry.enter();
    assert.equal(wrongWith(entry), 'key-wrong');
    entry.name.value = 'Pseu do';
    assert.equal(wrongWith(entry), 'name-space');
    entry.name.value = 'ana';
    entry.key.value = 'open sesame';
    await entry.enter();
    await until(() => stage.value === 'chat');
    assert.deepEqual([me.value, entry.key.value], ['ana', ''], 'what was typed is forgotten');
  },
);

test(
  'a page that comes back too late for its token enters by the key it came in with; leaving forgets it',
  DEADLINE,
  async (t) => {
    await using server = await locked(t, 'open sesame');
    await using pages = new Pages(server.address);
    const device = new TestDevice();
    const page = pages.load(device);
    page.entry.name.value = 'ana';
    page.entry.key.value = 'open sesame';
    await page.entry.enter();
    await inside(page);
    page.detach();
    // No longer waited for: this is somebody new.
    const again = pages.load(device);
    await inside(again);
    assert.equal(again.me.value, 'ana');
    await again.leave();
    await until(() => again.stage.value === 'entry');
    assert.doesNotMatch([...device.kept.values()].join(), /sesame/);
  },
);

test(
  'a session without its key, too late: the key is asked for, and the name is there',
  DEADLINE,
  async (t) => {
    await using server = await locked(t, 'open sesame');
    await using pages = new Pages(server.address);
    const device = new TestDevice();
    device.kept.set('palabre:session', JSON.stringify({ name: 'ana', token: 'x.nonsense' }));
    const page = pages.load(device);
    await until(() => page.entry.key.value === '');
    assert.deepEqual([page.stage.value, page.entry.name.value], ['entry', 'ana']);
    assert.equal(wrongWith(page.entry), 'key-needed');
    assert.equal(device.kept.has('palabre:session'), false);
  },
);

test('an invitation lets in without a question, into its room', DEADLINE, async (t) => {
  const hash = hashOf({ id: 'x', until: Date.now() + 60_000, room: 'Salle-à-manger' });
  // As invitations are not yet what this server signs, its password is one.
  await using server = await locked(t, hash.slice('#invite='.length));
  await using pages = new Pages(server.address);
  const page = await pages.enter('ana', new TestDevice(), { hash });
  assert.equal(page.entry.key.value, undefined);
  await until(() => page.current.value.title.value === 'Salle-à-manger');
});

test(
  'an invitation that has ended is said to have, and so is one that the server takes for none',
  DEADLINE,
  async (t) => {
    await using server = await locked(t, 'open sesame');
    await using pages = new Pages(server.address);
    const late = pages.load(new TestDevice(), { hash: hashOf({ id: 'x', until: Date.now() - 1 }) });
    assert.equal(wrongWith(late.entry), 'invitation-ended');
    const withdrawn = pages.load(new TestDevice(), { hash: hashOf({ id: 'x', until: Date.now() + 60_000 }) });
    const { entry } = withdrawn;
    assert.equal(entry.problem.value, undefined);
    entry.name.value = 'ana';
    await entry.enter();
    assert.deepEqual([wrongWith(entry), entry.key.value], ['invitation-ended', '']);
    await entry.enter();
    assert.equal(wrongWith(entry), 'key-needed', 'it is not tried again');
    entry.key.value = 'open sesame';
    await entry.enter();
    await until(() => withdrawn.stage.value === 'chat');
  },
);

test('what an address invites to', () => {
  assert.equal(readInvitation('', 0), undefined);
  assert.equal(readInvitation('#top', 0), undefined);
  assert.equal(readInvitation('#invite=', 0), undefined);
  const claims = { id: 'x', until: 1000, room: 'été 🌳' };
  const token = hashOf(claims).slice('#invite='.length);
  assert.deepEqual(readInvitation(`#invite=${token}`, 1000), { key: token, room: 'été 🌳', ended: false });
  assert.equal(readInvitation(`#invite=${token}`, 1001)?.ended, true);
  // Anybody may have written it: whatever it is, it is no more than a key.
  for (const strange of ['nonsense', 'bnVsbA.x', 'W10.x', '%%%', hashOf({ until: 'soon', room: 7 }).slice(8)])
    assert.deepEqual(readInvitation(`#invite=${strange}`, 0), {
      key: strange,
      room: undefined,
      ended: false,
    });
});

test(
  'who is banned is told so, in the form and when coming back, and nothing is tried again',
  DEADLINE,
  async () => {
    let attempts = 0;
    const connect = async (): Promise<never> => {
      attempts++;
      throw new Refused('banned');
    };
    await using pages = new Pages('tcp://127.0.0.1:1');
    const page = pages.load(new TestDevice(), { connect });
    page.entry.name.value = 'ana';
    await page.entry.enter();
    assert.deepEqual([wrongWith(page.entry), page.entry.key.value, attempts], ['banned', undefined, 1]);
    const device = new TestDevice();
    device.kept.set('palabre:session', JSON.stringify({ name: 'ana', token: 'x.nonsense' }));
    const back = pages.load(device, { connect });
    await until(() => wrongWith(back.entry) === 'banned');
    assert.deepEqual([back.stage.value, attempts, device.kept.has('palabre:session')], ['entry', 2, false]);
  },
);
