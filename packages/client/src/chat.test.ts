import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Closed, NameTaken, NotAName, Refused, Unconfirmed, Unreachable } from './errors.ts';
import { Scene, Transcript, watch } from './testing/scene.ts';

test('a line is receipted, and read once by everybody, its speaker included', async () => {
  const scene = new Scene();
  const [ana, bo] = [await scene.connect('ana'), await scene.connect('bo')];
  const [read, heard] = [new Transcript(ana), new Transcript(bo)];
  const said = watch(ana.say('good evening'));
  await scene.settle();
  assert.deepEqual(said.value, { id: 1, at: scene.server.kept[0]?.at });
  for (const { messages } of [read, heard]) assert.equal(messages.length, 1);
  const [mine] = read.messages;
  assert.ok(mine?.own && !mine.old && !mine.private && mine.from === 'ana' && mine.id === 1);
  assert.ok(heard.messages[0]?.own === false);
});

test('who there is, rooms, another name, private lines', async () => {
  const scene = new Scene();
  const [ana, bo] = [await scene.connect('ana'), await scene.connect('bo')];
  const [read, heard] = [new Transcript(ana), new Transcript(bo)];
  const dev = ana.room('dev');
  const asked = watch(
    Promise.all([ana.who(), dev.enter(), dev.say('in here'), dev.who(), ana.rooms(), ana.rename('Ann')]),
  );
  const whispered = watch(bo.whisper('ana', 'psst', { re: 1, cont: true }));
  await scene.settle();
  assert.deepEqual(asked.value?.[0], ['ana', 'bo']);
  assert.deepEqual(asked.value?.[3], ['ana']);
  assert.deepEqual(asked.value?.[4], [{ name: 'dev', members: 1 }]);
  assert.equal(ana.name, 'Ann');
  assert.ok(dev.entered);
  assert.ok(heard.events.some((event) => event.type === 'renamed' && event.was === 'ana' && !event.own));
  assert.ok(read.events.some((event) => event.type === 'renamed' && event.name === 'Ann' && event.own));
  // bo whispered before ana was Ann.
  assert.ok(whispered.value);
  const late = watch(bo.whisper('ana', 'psst'));
  await scene.settle();
  assert.ok(late.error instanceof Refused && late.error.why === 'nobody');
  const again = watch(bo.whisper('ann', 'psst', { re: 1, cont: true }));
  await scene.settle();
  assert.deepEqual(again.error, undefined);
  const copy = heard.messages.at(-1);
  assert.ok(copy?.private && copy.own && copy.to === 'ann' && copy.re === 1 && copy.cont);
  assert.ok(read.messages.at(-1)?.to === 'Ann');
  const left = watch(dev.leave());
  await scene.settle();
  assert.ok('value' in left && !dev.entered);
});

test('a room goes by whichever spelling of its name', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  await Promise.all([ana.room('Dev').enter(), scene.settle()]);
  assert.ok(ana.room('dev').entered);
  assert.ok(!ana.room('ops').entered);
});

test('another name, then a room: what is asked after the name waits for it', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  const asked = watch(Promise.all([ana.rename('Ann'), ana.room('dev').enter()]));
  await scene.settle();
  assert.ok(asked.value);
  const names = scene.network.said.filter((line) => line.includes(' IAM ')).map((line) => line.split(' ')[2]);
  assert.deepEqual(names, ['ana', 'Ann', 'Ann']);
});

test('own lines are known after a rename, and those of who takes up the old name are not taken for them', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  const read = new Transcript(ana);
  await Promise.all([ana.say('as ana'), scene.settle()]);
  await Promise.all([ana.rename('Ann'), scene.settle()]);
  await Promise.all([ana.say('as Ann'), scene.settle()]);
  const other = await scene.connect('ana');
  await Promise.all([other.say('the other'), scene.settle()]);
  const owned = [
    ['as ana', true],
    ['as Ann', true],
    ['the other', false],
  ];
  assert.deepEqual(
    read.messages.map(({ text, own }) => [text, own]),
    owned,
  );
  const page = watch(ana.history());
  await scene.settle();
  assert.deepEqual(
    page.value?.messages.map(({ text, own }) => [text, own]),
    owned,
  );
  // So they are after a restart of the program, also where another device gave up the name meanwhile.
  const session = JSON.parse(JSON.stringify(ana.session));
  ana.detach();
  const phone = await scene.connect('Ann', { session: { ...session, after: 0 } });
  const replayed = new Transcript(phone);
  await scene.settle();
  assert.deepEqual(
    replayed.messages.map(({ text, own }) => [text, own]),
    owned,
  );
  await Promise.all([phone.rename('Anna'), scene.settle()]);
  const desk = await scene.connect('Ann', { session: { ...session, after: 0 } });
  const again = new Transcript(desk);
  await scene.settle();
  assert.equal(desk.name, 'Anna');
  assert.deepEqual(
    again.messages.map(({ text, own }) => [text, own]),
    owned,
  );
});

test('history and search come to who asked, not to the reader', async () => {
  const scene = new Scene();
  for (let i = 1; i <= 7; i++) scene.server.speak('zoe', `line ${i}`);
  const ana = await scene.connect('ana');
  const read = new Transcript(ana);
  const page = watch(ana.history({ before: 6, limit: 2 }));
  const found = watch(ana.search('line 3'));
  await scene.settle();
  assert.deepEqual(
    page.value?.messages.map(({ id, old }) => [id, old]),
    [
      [4, true],
      [5, true],
    ],
  );
  assert.equal(page.value?.more, true);
  assert.deepEqual(
    found.value?.messages.map(({ text }) => text),
    ['line 3'],
  );
  assert.deepEqual(read.messages, []);
});

test('what cannot be said is refused before it goes out', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  const before = scene.network.said.length;
  const why = async (said: Promise<unknown>): Promise<string> => {
    const error = await said.then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(error instanceof Refused);
    return error.why;
  };
  assert.equal(await why(ana.say('')), 'empty');
  assert.equal(await why(ana.say('a\nb')), 'text');
  assert.equal(await why(ana.say('\u001b[2J')), 'text');
  assert.equal(await why(ana.say('é'.repeat(2047))), 'long');
  assert.equal(await why(ana.search('x'.repeat(1100))), 'tags');
  assert.equal(await why(ana.room('a b').enter()), 'room');
  await assert.rejects(ana.whisper('a b', 'x'), NotAName);
  await assert.rejects(ana.rename('@na'), NotAName);
  await scene.settle();
  assert.equal(scene.network.said.length, before);
});

test('connecting fails at once, and says why', async () => {
  const scene = new Scene();
  await scene.connect('ana');
  await assert.rejects(scene.connect('Ana'), NameTaken);
  await assert.rejects(scene.connect('a b'), NotAName);
  scene.network.down = true;
  await assert.rejects(scene.connect('bo'), Unreachable);
  scene.network.down = false;
  const controller = new AbortController();
  const dialled = watch(scene.dial('bo', { signal: controller.signal }));
  controller.abort(new Error('enough'));
  await scene.settle();
  assert.deepEqual(dialled.error, new Error('enough'));
});

test('a server that says nothing is given up after 12 s', async () => {
  const scene = new Scene();
  const dialled = watch(scene.dial('ana'));
  await new Promise(setImmediate);
  scene.network.numb();
  scene.clock.advance(12_000);
  await scene.settle();
  assert.ok(dialled.error instanceof Unreachable);
});

test('close says what is still to be said, then BYE', async () => {
  const scene = new Scene();
  const [ana, bo] = [await scene.connect('ana'), await scene.connect('bo')];
  const heard = new Transcript(bo);
  const read = new Transcript(ana);
  const said = watch(ana.say('last words'));
  const closed = watch(ana.close());
  await scene.settle();
  assert.ok('value' in closed && said.value?.id === 1);
  assert.deepEqual(heard.texts, ['last words']);
  assert.ok(
    heard.events.some((event) => event.type === 'left' && event.name === 'ana' && event.why === 'bye'),
  );
  assert.equal(ana.session, undefined);
  await read.done;
  assert.deepEqual(read.events.at(-1), { type: 'line', state: 'closed', error: undefined });
  await assert.rejects(ana.say('too late'), Closed);
});

test('close gives up in the end', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  const unsaid = watch(ana.say('never heard'));
  const closed = watch(ana.close({ withinMs: 3000 }));
  await new Promise(setImmediate);
  scene.network.numb();
  await scene.pass(3000);
  assert.ok('value' in closed);
  assert.ok(unsaid.error instanceof Unconfirmed);
});

test('BYE on another device ends it here too', async () => {
  const scene = new Scene();
  const desk = await scene.connect('ana');
  const { session } = desk;
  assert.ok(session);
  const phone = await scene.connect('ana', { session });
  const read = new Transcript(desk);
  const said = watch(phone.say('from the phone'));
  await scene.settle();
  assert.equal(said.value?.id, 1);
  assert.deepEqual([read.texts, read.messages[0]?.own], [['from the phone'], true]);
  const closed = watch(phone.close());
  await scene.settle();
  assert.ok('value' in closed);
  await read.done;
  assert.ok((await desk.closed) instanceof Closed);
});

test('a signal gives up an ask; what has not gone out never will', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  const controller = new AbortController();
  const said = watch(ana.say('on second thoughts', { signal: controller.signal }));
  const kept = watch(ana.say('this one'));
  controller.abort(new Error('no'));
  await scene.settle();
  assert.deepEqual(said.error, new Error('no'));
  assert.equal(kept.value?.id, 1);
  assert.deepEqual(
    scene.server.kept.map(({ text }) => text),
    ['this one'],
  );
  await assert.rejects(ana.who({ signal: controller.signal }), /no/);
});

test('a reader may leave the loop and come back, or stop by a signal', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  for (const text of ['one', 'two', 'three']) scene.server.speak('zoe', text);
  await scene.settle();
  const texts: string[] = [];
  for (let i = 0; i < 2; i++) {
    for await (const event of ana) {
      if (event.type !== 'message') continue;
      texts.push(event.text);
      break;
    }
  }
  assert.deepEqual(texts, ['one', 'two']);
  const controller = new AbortController();
  const stopped = (async () => {
    for await (const event of ana.events({ signal: controller.signal })) assert.equal(event.type, 'message');
  })();
  await new Promise(setImmediate);
  controller.abort();
  await stopped;
});
