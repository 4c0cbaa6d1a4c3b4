import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Chat } from './chat.ts';
import { connectBy } from './connect.ts';
import { NameTaken, Unreachable, Unsupported } from './errors.ts';
import { Scene, Transcript, watch } from './testing/scene.ts';
import { until } from './testing/until.ts';

/** The receipt of a server that gives none. */
const NOTHING = { id: undefined, at: undefined };

async function plain(): Promise<{ scene: Scene; ana: Chat; bo: Chat; read: Transcript; heard: Transcript }> {
  const scene = new Scene({ plain: true });
  const [ana, bo] = [await scene.connect('ana'), await scene.connect('bo')];
  return { scene, ana, bo, read: new Transcript(ana), heard: new Transcript(bo) };
}

test('a server of the nine words alone: says what it does not promise', async () => {
  const { ana } = await plain();
  assert.deepEqual(ana.promises, {
    ...{ extended: false, receipts: false, exactlyOnce: false, history: false, rooms: false },
  });
  assert.equal(ana.session, undefined);
});

test('say resolves when written, without an id; own lines reach the reader all the same', async () => {
  const { scene, ana, bo, read, heard } = await plain();
  const said = watch(Promise.all([ana.say('hi'), ana.whisper('bo', 'psst'), bo.whisper('bo', 'note')]));
  await scene.settle();
  assert.deepEqual(said.value, [NOTHING, NOTHING, NOTHING]);
  assert.deepEqual(
    heard.messages.map((each) => [each.text, each.id, each.own, each.private]),
    [
      ['note', undefined, true, true],
      ['hi', undefined, false, false],
      ['psst', undefined, false, true],
    ].toSorted((a, b) => heard.texts.indexOf(String(a[0])) - heard.texts.indexOf(String(b[0]))),
  );
  assert.deepEqual(
    read.messages.map((each) => [each.text, each.own, each.to]),
    [
      ['hi', true, undefined],
      ['psst', true, 'bo'],
    ],
  );
});

test('who and another name work; rooms and history are Unsupported; a whisper to nobody is refused', async () => {
  const { scene, ana, read, heard } = await plain();
  const asked = watch(Promise.all([ana.who(), ana.rename('Ann'), ana.who()]));
  const taken = watch(ana.rename('bo'));
  const nobody = watch(ana.whisper('zoe', 'psst'));
  const refused = [watch(ana.room('dev').enter()), watch(ana.history()), watch(ana.rooms())];
  await scene.settle();
  assert.deepEqual(asked.value, [['ana', 'bo'], undefined, ['bo', 'Ann']]);
  assert.ok(taken.error instanceof NameTaken);
  assert.deepEqual(nobody.value, NOTHING);
  for (const { error } of refused) assert.ok(error instanceof Unsupported);
  assert.equal(ana.name, 'Ann');
  assert.deepEqual(
    read.events.filter(({ type }) => type === 'refused'),
    [{ type: 'refused', about: 'Ann', why: undefined }],
  );
  const seen = heard.events.flatMap((event) =>
    'name' in event && event.type !== 'line' ? [[event.type, event.name]] : [],
  );
  assert.deepEqual(seen, [
    ['left', 'ana'],
    ['arrived', 'Ann'],
  ]);
});

test('a list that goes on in further lines', async () => {
  const { scene, ana } = await plain();
  const names = Array.from({ length: 500 }, (_, i) => `somebody-${i}`);
  scene.server.whoIs = [names.slice(0, 316).join(' '), names.slice(316).join(' ')];
  const asked = watch(ana.who());
  await scene.settle();
  assert.deepEqual(asked.value, names);
});

test('a server that has no answer to what it does not know is found alive all the same', async () => {
  const scene = new Scene({ plain: 'silent' });
  const ana = await scene.connect('ana');
  const read = new Transcript(ana);
  await scene.pass(120_000);
  const asked = watch(ana.who());
  await scene.settle();
  assert.deepEqual(asked.value, ['ana']);
  assert.ok(!read.events.some((event) => event.type === 'line' && event.state === 'offline'));
});

test('what speaks the nine words could not be loaded: tried again', async () => {
  const scene = new Scene({ plain: true });
  let missing = true;
  const way = {
    address: 'fake',
    dial: scene.network.dial,
    interpreter: async () => {
      if (missing) throw new Error('404');
      return await import('./core/plain.ts');
    },
  };
  const options = { name: 'ana', clock: scene.clock, random: () => 0.5 };
  const failed = watch(connectBy(way, options));
  await scene.settle();
  assert.ok(failed.error instanceof Unreachable);
  missing = false;
  const ana = connectBy(way, options);
  await until(async () => {
    await scene.settle();
    return scene.server.members.size > 0;
  });
  assert.equal((await ana).promises.extended, false);
});

test('a lost line: tells the gap, and comes back when the server has let go of the name', async () => {
  const { scene, ana, read } = await plain();
  scene.network.numb(); // the server does not notice: it holds the name
  await scene.pass(30_000);
  assert.ok(read.events.some((event) => event.type === 'line' && event.state === 'reconnecting'));
  const said = watch(ana.say('still here'));
  scene.server.forget('ana');
  await scene.pass(60_000);
  assert.deepEqual(said.value, NOTHING);
  assert.deepEqual(
    scene.server.kept.map(({ text }) => text),
    ['still here'],
  );
  assert.ok(read.events.some(({ type }) => type === 'gap'));
  // The pings of a quiet line are nobody's business.
  await scene.pass(60_000);
  assert.deepEqual(
    read.events.filter(({ type }) => type === 'refused'),
    [],
  );
  const closed = watch(ana.close());
  await scene.settle();
  assert.ok('value' in closed && closed.error === undefined);
  assert.ok(!scene.server.members.has('ana'));
});
