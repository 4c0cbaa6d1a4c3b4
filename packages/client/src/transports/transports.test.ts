import assert from 'node:assert/strict';
import { test } from 'node:test';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { connect as connectInBrowser } from '../browser.ts';
import { Unconfirmed, Unreachable } from '../errors.ts';
import { connect } from '../index.ts';
import { CERTIFICATE } from '../testing/certificate.ts';
import { listen, listenWebSocket } from '../testing/listeners.ts';
import { Transcript } from '../testing/scene.ts';
import { until } from '../testing/until.ts';

const DEADLINE = { timeout: 30_000 };
const random = (): number => 0.01;

setDefaultCACertificates([...getCACertificates(), CERTIFICATE]);

const WAYS = {
  tcp: { listener: () => listen('tcp'), connect },
  tls: { listener: () => listen('tls'), connect },
  ws: { listener: listenWebSocket, connect: connectInBrowser },
};

for (const [scheme, { listener, connect }] of Object.entries(WAYS)) {
  test(`${scheme}: speaks, comes back, leaves`, DEADLINE, async () => {
    await using there = await listener();
    const chat = await connect(`${scheme}://127.0.0.1:${there.port}`, { name: 'ana', random });
    const read = new Transcript(chat);
    const texts = Array.from({ length: 400 }, (_, i) => `${i} ${'é'.repeat(200)}`);
    const said = Promise.all(texts.map((text) => chat.say(text)));
    await until(() => read.messages.length > 100);
    there.cut();
    there.server.speak('zoe', 'meanwhile');
    assert.deepEqual((await said).length, 400);
    await until(() => read.messages.length === 401);
    assert.deepEqual(
      there.server.kept.flatMap(({ from, text }) => (from === 'ana' ? [text] : [])),
      texts,
    );
    await chat.close();
    assert.equal(await chat.closed, undefined);
    assert.equal(there.server.members.size, 0);
    await assert.rejects(connect(`${scheme}://127.0.0.1:1`, { name: 'ana' }), Unreachable);
  });
}

test('in a browser an address is a WebSocket’s', async () => {
  await assert.rejects(connectInBrowser('tcp://localhost', { name: 'ana' }), /ws/);
  await assert.rejects(connectInBrowser('localhost', { name: 'ana' }), TypeError);
});

test('detach lets what was written go out', DEADLINE, async () => {
  await using there = await listen('tcp');
  const chat = await connect(`127.0.0.1:${there.port}`, { name: 'ana' });
  const said = chat.say('last');
  await Promise.resolve();
  await Promise.resolve();
  chat.detach();
  await assert.rejects(said, Unconfirmed);
  await until(() => there.server.kept.length === 1);
});
