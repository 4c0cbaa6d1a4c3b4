/** Servers that ask for a key (3.13). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeyNeeded, NotAName, Refused } from './errors.ts';
import { Scene, Transcript, watch } from './testing/scene.ts';

const KEY = 'open; sesame';

function locked(): Scene {
  const scene = new Scene();
  scene.server.key = KEY;
  return scene;
}

test('without the key, or with a wrong one, connect is rejected as KeyNeeded; with it one is in', async () => {
  const scene = locked();
  for (const key of [undefined, 'guess']) {
    await assert.rejects(scene.connect('ana', { key }), (error) => {
      assert.ok(error instanceof KeyNeeded && error instanceof Refused);
      assert.deepEqual([error.why, error.asked, error.name], ['key', 'ana', 'KeyNeeded']);
      assert.doesNotMatch(error.message, /guess/);
      return true;
    });
  }
  const ana = await scene.connect('ana', { key: KEY });
  assert.equal(ana.name, 'ana');
  assert.ok(!JSON.stringify(ana.session).includes('sesame'), 'the session holds no key');
});

test('who comes back needs none while the token serves, and shows it again where that is late', async () => {
  const scene = locked();
  const ana = await scene.connect('ana', { key: KEY });
  const read = new Transcript(ana);
  const { session } = ana;
  assert.ok(session);
  const tab = await scene.connect('ana', { session });
  tab.detach();
  scene.network.cut();
  scene.server.forget('ana');
  await scene.pass(10_000);
  const [back] = read.events
    .filter((event) => event.type === 'line' && event.state === 'connected')
    .slice(-1);
  assert.deepEqual(back, { type: 'line', state: 'connected', resumed: false, name: 'ana' });
});

test('a late token without a key: KeyNeeded', async () => {
  const scene = locked();
  const { session } = await scene.connect('ana', { key: KEY });
  scene.server.forget('ana');
  await assert.rejects(scene.connect('ana', { session }), KeyNeeded);
});

test('a key that is not the right one any more ends the chat, and is not tried again and again', async () => {
  const scene = locked();
  const ana = await scene.connect('ana', { key: KEY });
  const read = new Transcript(ana);
  scene.server.key = 'another';
  scene.network.cut();
  scene.server.forget('ana');
  const said = watch(ana.say('still there?'));
  await scene.pass(30_000);
  assert.ok((await ana.closed) instanceof KeyNeeded);
  assert.ok(said.error instanceof KeyNeeded);
  await read.done;
  assert.equal(
    read.events.filter((event) => event.type === 'line' && event.state === 'connecting').length,
    2,
  );
});

test('a server of the nine words alone is told no key', async () => {
  const scene = new Scene({ plain: true });
  await scene.connect('ana', { key: KEY });
  assert.ok(scene.network.said.every((line) => !line.includes('sesame')));
  await assert.rejects(scene.connect('a\u00adb', { key: KEY }), NotAName);
});

test('who is banned is told so, at the start and on a way back, and does not try again', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  const read = new Transcript(ana);
  scene.server.bans = true;
  const isBanned = (error: unknown): boolean => error instanceof Refused && error.why === 'banned';
  await assert.rejects(scene.connect('bo'), isBanned);
  scene.network.cut();
  await scene.pass(30_000);
  assert.ok(isBanned(await ana.closed));
  await read.done;
  assert.equal(
    read.events.filter((event) => event.type === 'line' && event.state === 'connecting').length,
    2,
  );
});
