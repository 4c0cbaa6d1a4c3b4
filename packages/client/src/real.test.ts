/** The library against the real server: a process that is killed, lines that are cut. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { KeyNeeded, NameTaken, NotAName, Refused } from './errors.ts';
import { connect } from './index.ts';
import { Cable } from './testing/cable.ts';
import { RealServer } from './testing/real-server.ts';
import { Transcript } from './testing/scene.ts';
import { until } from './testing/until.ts';

const DEADLINE = { timeout: 60_000 };
/** The pauses between attempts are short. */
const random = (): number => 0.01;

test('names, lines, rooms, history, private lines', DEADLINE, async () => {
  await using server = await RealServer.start();
  const address = `127.0.0.1:${server.port}`;
  await using ana = await connect(address, { name: 'ana' });
  await using bo = await connect(address, { name: 'bo' });
  await assert.rejects(connect(address, { name: 'ANA' }), NameTaken);
  await assert.rejects(connect(address, { name: 'x'.repeat(40) }), NotAName);
  assert.deepEqual(ana.promises, {
    ...{ extended: true, receipts: true, exactlyOnce: true, history: true, rooms: true },
  });
  const { id } = await ana.say('good evening');
  const { id: answer } = await bo.say('to you too', { ...(id === undefined ? {} : { re: id }) });
  await ana.whisper('bo', 'psst');
  await assert.rejects(
    ana.whisper('zoe', 'psst'),
    (error) => error instanceof Refused && error.why === 'nobody',
  );
  const dev = ana.room('dev');
  await assert.rejects(dev.say('not in it'), (error) => error instanceof Refused && error.why === 'room');
  await dev.enter();
  await dev.say('in it');
  assert.deepEqual(await dev.who(), ['ana']);
  assert.deepEqual(await ana.rooms(), [{ name: 'dev', members: 1 }]);
  await bo.rename('bob');
  assert.deepEqual(await ana.who(), ['ana', 'bob']);
  const { messages } = await bo.history();
  assert.deepEqual(
    messages.map((each) => [each.from, each.text, each.own, each.re]),
    [
      ['ana', 'good evening', false, undefined],
      ['bo', 'to you too', true, id],
    ],
  );
  assert.deepEqual(
    (await bo.history({ with: 'ana' })).messages.map(({ text }) => text),
    ['psst'],
  );
  assert.deepEqual(
    (await ana.search('evening')).messages.map((each) => each.id),
    [id],
  );
  assert.deepEqual(
    (await dev.history()).messages.map(({ text }) => text),
    ['in it'],
  );
  assert.deepEqual(
    (await ana.history({ after: id ?? 0, limit: 1 })).messages.map((each) => each.id),
    [answer],
  );
  await dev.leave();
  assert.deepEqual(await ana.rooms(), []);
});

test(
  'killed and cut in the middle of everything: said once, in order; read once, in order',
  DEADLINE,
  async () => {
    await using server = await RealServer.start();
    await using cable = await Cable.start(() => server.port);
    const address = `127.0.0.1:${cable.port}`;
    await using ana = await connect(address, { name: 'ana', random, queue: 5000 });
    await using bo = await connect(address, { name: 'bo', random });
    const heard = new Transcript(bo);
    const texts = Array.from({ length: 2000 }, (_, i) => `line ${i}`);
    const ids: (number | undefined)[] = [];
    const said = texts.map(async (text) => {
      const { id } = await ana.say(text);
      ids.push(id);
      if (ids.length % 211 === 0) cable.cutAfter(((ids.length * 7919) % 3000) + 1);
      if (ids.length === 500 || ids.length === 1500) {
        await server.kill();
        await server.start();
      }
    });
    await Promise.all(said);
    await bo.say('the end');
    assert.deepEqual(
      ids,
      ids.toSorted((a, b) => (a ?? 0) - (b ?? 0)),
    );
    const kept: (string | undefined)[] = [];
    for (let after = 0, more = true; more; ) {
      const page = await ana.history({ after, limit: 500 });
      kept.push(...page.messages.map(({ text }) => text));
      after = page.messages.at(-1)?.id ?? 0;
      more = page.more;
    }
    assert.deepEqual(kept, [...texts, 'the end']);
    await until(() => heard.texts.at(-1) === 'the end');
    assert.deepEqual(heard.texts, [...texts, 'the end']);
    assert.ok(!heard.events.some(({ type }) => type === 'arrived' || type === 'left' || type === 'gap'));
    assert.ok(heard.events.filter((event) => event.type === 'line' && event.state === 'offline').length > 3);
  },
);

test('a session comes back to the server that was killed meanwhile', DEADLINE, async () => {
  await using server = await RealServer.start();
  const address = `127.0.0.1:${server.port}`;
  const before = await connect(address, { name: 'ana' });
  await before.room('dev').enter();
  await before.room('dev').say('one');
  for await (const event of before) if (event.type === 'message') break;
  const { session } = before;
  assert.ok(session);
  before.detach();
  await server.kill();
  await server.start();
  await using bo = await connect(address, { name: 'bo' });
  await bo.room('dev').enter();
  await bo.room('dev').say('two');
  await using after = await connect(address, { session });
  const read = new Transcript(after);
  await after.room('dev').say('three');
  await until(() => read.texts.length === 2);
  assert.deepEqual(read.texts, ['two', 'three']);
});

test('a second device learns its rooms, and whose lines its own are', DEADLINE, async () => {
  await using server = await RealServer.start();
  const address = `127.0.0.1:${server.port}`;
  const desk = await connect(address, { name: 'ana' });
  await desk.say('as ana');
  await desk.room('dev').enter();
  const { session } = desk;
  assert.ok(session);
  await desk.rename('Ann');
  await desk.room('dev').leave();
  await desk.room('Art').enter();
  await using phone = await connect(address, { session: { ...session, after: 0 } });
  const read = new Transcript(phone);
  await phone.say('as Ann');
  await until(() => read.messages.length === 2);
  assert.deepEqual([phone.name, phone.session?.rooms], ['Ann', ['Art']]);
  assert.ok(phone.room('art').entered);
  assert.deepEqual(
    read.messages.map(({ own, old }) => [own, old]),
    [
      [true, true],
      [true, false],
    ],
  );
  desk.detach();
});

test('a server with a password', DEADLINE, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'palabre-client-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'password');
  await writeFile(file, 'open; sesame\n', { mode: 0o600 });
  await using server = await RealServer.start('--password-file', file, '--linger', '0');
  const address = `127.0.0.1:${server.port}`;
  await assert.rejects(connect(address, { name: 'ana' }), KeyNeeded);
  await assert.rejects(connect(address, { name: 'ana', key: 'guess' }), KeyNeeded);
  await using ana = await connect(address, { name: 'ana', key: 'open; sesame', random });
  const read = new Transcript(ana);
  // Nobody is waited for: ana comes back as somebody new, by its key.
  await server.kill();
  await server.start();
  await until(() =>
    read.events.some((event) => event.type === 'line' && event.state === 'connected' && !event.resumed),
  );
  await ana.say('here again');
});
