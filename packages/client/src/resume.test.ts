import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NameTaken, Refused, Unconfirmed } from './errors.ts';
import { Scene, Transcript, turn, watch } from './testing/scene.ts';

test('a lost line: what was missed comes, what was said is said once, the receipt lost on the way comes again', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  const read = new Transcript(ana);
  scene.server.speak('zoe', 'one');
  await scene.settle();
  const heardByServer = watch(ana.say('two'));
  await turn();
  scene.network.moveUp(); // and the receipt is lost
  scene.network.cut();
  scene.server.speak('zoe', 'three');
  const offline = watch(ana.say('four'));
  await scene.pass(30_000);
  assert.deepEqual([heardByServer.value?.id, offline.value?.id], [2, 4]);
  assert.deepEqual(read.texts, ['one', 'two', 'three', 'four']);
  assert.deepEqual(
    scene.server.kept.map(({ text }) => text),
    ['one', 'two', 'three', 'four'],
  );
  const states = read.events.flatMap((event) => (event.type === 'line' ? [event.state] : []));
  assert.deepEqual(states, [
    ...['connecting', 'connected', 'offline', 'reconnecting', 'connecting', 'connected'],
  ]);
  assert.ok(!read.events.some(({ type }) => type === 'gap'));
});

test('a room that was left when the line was lost is left; one that one is not in can not be', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  const dev = ana.room('dev');
  await Promise.all([dev.enter(), scene.settle()]);
  const left = watch(dev.leave());
  await turn();
  scene.network.moveUp(); // and the answer is lost
  scene.network.cut();
  await scene.pass(30_000);
  assert.deepEqual([left, dev.entered], [{ value: undefined }, false]);
  const again = watch(dev.leave());
  await scene.settle();
  assert.ok(again.error instanceof Refused && again.error.why === 'room');
});

test('nothing read yet: what is said after joining is not lost for that', async () => {
  const scene = new Scene();
  scene.server.speak('zoe', 'long ago');
  const ana = await scene.connect('ana');
  const read = new Transcript(ana);
  scene.network.cut();
  scene.server.speak('zoe', 'meanwhile');
  await scene.pass(30_000);
  assert.deepEqual(read.texts, ['meanwhile']);
});

test('too late to resume: what may have been said is Unconfirmed, what has not gone out is said, the lobby and the rooms are fetched', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  const read = new Transcript(ana);
  await Promise.all([ana.room('dev').enter(), scene.settle()]);
  scene.server.speak('zoe', 'one');
  const sent = watch(ana.say('two'));
  await turn();
  scene.network.moveUp();
  scene.network.cut();
  for (let i = 0; i < 700; i++) scene.server.speak('zoe', `lobby ${i}`);
  scene.server.speak('zoe', 'in the room', { room: 'dev' });
  scene.server.speak('zoe', 'elsewhere', { room: 'ops' });
  scene.server.forget('ana');
  const queued = watch(ana.say('last'));
  await scene.pass(30_000);
  assert.ok(sent.error instanceof Unconfirmed);
  assert.equal(queued.value?.id, scene.server.kept.at(-1)?.id);
  const texts = [...read.texts];
  assert.deepEqual([texts.shift(), texts.shift(), texts.shift()], ['one', 'two', 'lobby 0']);
  assert.deepEqual(texts.slice(-3), ['lobby 699', 'in the room', 'last']);
  assert.equal(read.messages.length, 704);
  assert.deepEqual(
    read.events.filter(({ type }) => type === 'gap'),
    [{ type: 'gap', after: 0, before: undefined }],
  );
  assert.ok(scene.server.members.get([...scene.server.members.keys()][0] ?? assert.fail())?.rooms.has('dev'));
});

test('a line lost before the rooms are entered again: the next one enters them', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  const read = new Transcript(ana);
  await Promise.all([ana.room('dev').enter(), scene.settle()]);
  scene.network.cut();
  scene.server.forget('ana');
  scene.server.speak('zoe', 'meanwhile');
  const said = watch(ana.room('dev').say('in dev'));
  ana.reconnectNow();
  // WHO and EXT, then IAM: somebody new is in, and the line is lost before anything else is heard of it.
  for (let i = 0; i < 2; i++) {
    await turn();
    scene.network.moveUp();
    scene.network.moveDown();
  }
  await turn();
  scene.network.cut();
  await scene.pass(30_000);
  assert.equal(said.value?.id, scene.server.kept.at(-1)?.id);
  assert.deepEqual(read.texts, ['meanwhile', 'in dev']);
});

test('more than 1,000 missed: the reader is told of the gap, then gets the newest', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  const read = new Transcript(ana);
  scene.server.speak('zoe', 'first');
  await scene.settle();
  scene.network.cut();
  for (let i = 0; i < 1500; i++) scene.server.speak('zoe', `${i}`);
  await scene.pass(30_000);
  const gap = read.events.find(({ type }) => type === 'gap');
  assert.deepEqual(gap, { type: 'gap', after: 1, before: 502 });
  assert.equal(read.messages.length, 1001);
});

test('a server that kept nothing and counts anew: what is said is read all the same', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  const read = new Transcript(ana);
  for (let i = 0; i < 20; i++) scene.server.speak('zoe', `${i}`);
  await scene.settle();
  scene.network.cut();
  scene.server.restartEmpty();
  await scene.pass(30_000);
  for (let i = 0; i < 3; i++) scene.server.speak('zoe', `new ${i}`);
  await scene.settle();
  scene.network.cut();
  scene.server.speak('zoe', 'new 3');
  await scene.pass(30_000);
  assert.deepEqual(read.texts.slice(20), ['new 0', 'new 1', 'new 2', 'new 3']);
});

test('a session comes back after a restart of the program', async () => {
  const scene = new Scene();
  const before = await scene.connect('ana');
  const read = new Transcript(before);
  await Promise.all([before.room('dev').enter(), scene.settle()]);
  scene.server.speak('zoe', 'one');
  await scene.settle();
  const session = JSON.parse(JSON.stringify(before.session));
  before.detach();
  await read.done;
  assert.deepEqual(session, { name: 'ana', token: 'token-1', rooms: ['dev'], formerly: [], after: 1 });
  scene.server.speak('zoe', 'two', { room: 'dev' });
  const after = await scene.connect('ana', { session });
  const again = new Transcript(after);
  await scene.settle();
  assert.deepEqual(again.texts, ['two']);
  assert.ok(after.room('dev').entered);
  assert.deepEqual(
    again.events.filter(({ type }) => type === 'gap'),
    [],
  );
});

test('who comes back learns what rooms it has entered and left elsewhere meanwhile', async () => {
  const scene = new Scene();
  const desk = await scene.connect('ana');
  const read = new Transcript(desk);
  await Promise.all([desk.room('dev').enter(), desk.room('ops').enter(), scene.settle()]);
  const { session } = desk;
  assert.ok(session);
  desk.detach();
  const phone = await scene.connect('ana', { session });
  assert.deepEqual(phone.session?.rooms, ['dev', 'ops']);
  await Promise.all([phone.room('dev').leave(), phone.room('art').enter(), scene.settle()]);
  // A tab with the session of before.
  const tab = await scene.connect('ana', { session });
  const seen = new Transcript(tab);
  await scene.settle();
  assert.deepEqual(tab.session?.rooms, ['ops', 'art']);
  assert.ok(tab.room('art').entered && !tab.room('dev').entered);
  assert.deepEqual(
    seen.events.flatMap((event) => ('room' in event && event.own ? [`${event.type} ${event.room}`] : [])),
    ['arrived art', 'left dev'],
  );
  // Live, on all devices.
  await Promise.all([tab.room('art').leave(), scene.settle()]);
  assert.deepEqual(phone.session?.rooms, ['ops']);
  await read.done;
});

test('the name went to somebody else while we were away: asked for again as long as it may be our own lost line, then given up', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  const read = new Transcript(ana);
  scene.network.cut();
  scene.server.forget('ana');
  const thief = await scene.connect('ana');
  await scene.pass(30_000);
  assert.ok(!read.events.some((event) => event.type === 'line' && event.state === 'closed'));
  thief.close();
  await scene.pass(40_000);
  assert.ok(
    read.events.some((event) => event.type === 'line' && event.state === 'connected' && !event.resumed),
  );
  scene.network.cut();
  scene.server.forget('ana');
  await scene.connect('ana');
  const waiting = watch(ana.say('who am I?'));
  await scene.pass(180_000);
  assert.ok(waiting.error instanceof NameTaken);
  assert.ok((await ana.closed) instanceof NameTaken);
});

test('a dead line that says nothing is noticed within 20 s', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  const read = new Transcript(ana);
  await scene.pass(60_000);
  assert.ok(!read.events.some((event) => event.type === 'line' && event.state === 'offline'));
  scene.network.numb();
  const said = watch(ana.say('hello?'));
  await scene.pass(20_000);
  assert.ok(read.events.some((event) => event.type === 'line' && event.state === 'offline'));
  await scene.pass(2000);
  assert.equal(said.value?.id, 1);
});

test('reconnectNow does not wait; the pauses grow and are jittered', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana', { random: () => 0.999 });
  const read = new Transcript(ana);
  scene.network.down = true;
  scene.network.cut();
  await scene.pass(120_000);
  const pauses = read.events.flatMap((event) =>
    event.type === 'line' && event.state === 'reconnecting' ? [Math.round(event.inMs)] : [],
  );
  assert.deepEqual(pauses.slice(0, 8), [500, 999, 1998, 3996, 7992, 15984, 29970, 29970]);
  scene.network.down = false;
  ana.reconnectNow();
  await scene.settle();
  assert.deepEqual(read.events.at(-1), { type: 'line', state: 'connected', resumed: true, name: 'ana' });
});

test('a reader that is behind loses nothing, and holds up no receipt', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana', { backlog: 10 });
  for (let i = 0; i < 50; i++) scene.server.speak('zoe', `${i}`);
  const said = watch(ana.say('still heard'));
  await scene.settle();
  assert.equal(said.value?.id, 51);
  const read = new Transcript(ana);
  await scene.pass(10_000);
  assert.deepEqual(
    read.messages.map(({ id }) => id),
    Array.from({ length: 51 }, (_, i) => i + 1),
  );
});

test('what is said during a replay comes after it, and once', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  const read = new Transcript(ana);
  scene.network.cut();
  for (const text of ['one', 'two']) scene.server.speak('zoe', text);
  scene.server.beforeReplay = () => scene.server.speak('zoe', 'live');
  await scene.pass(5000);
  assert.deepEqual(read.texts, ['one', 'two', 'live']);
});

test('a line lost in the middle of a replay, or of looking into the history: it all comes again, once', async () => {
  for (const forget of [false, true]) {
    const scene = new Scene();
    const ana = await scene.connect('ana');
    const read = new Transcript(ana);
    scene.network.cut();
    if (forget) scene.server.forget('ana');
    for (let i = 0; i < 5; i++) scene.server.speak('zoe', `${i}`);
    const said = watch(ana.say('queued'));
    ana.reconnectNow();
    // EXT, IAM, HST: each is answered; of the last answer only a part comes.
    for (let i = 0; i < 4; i++) {
      await turn();
      scene.network.moveUp();
      await turn();
      scene.network.moveDown(i === 2 ? 3 : 2);
    }
    scene.network.cut();
    await scene.pass(30_000);
    assert.ok(said.value?.id);
    assert.deepEqual(read.texts, ['0', '1', '2', '3', '4', 'queued']);
  }
});

test('an answer cut in the middle is asked for again, and begins anew', async () => {
  const scene = new Scene();
  for (let i = 0; i < 5; i++) scene.server.speak('zoe', `${i}`);
  const ana = await scene.connect('ana');
  await scene.connect('bo');
  const [page, listed] = [watch(ana.history()), watch(ana.who())];
  await turn();
  scene.network.moveUp();
  scene.network.moveDown(7); // the history, and one of two lines of the list
  scene.network.cut();
  await scene.pass(5000);
  assert.equal(page.value?.messages.length, 5);
  assert.deepEqual(listed.value, ['ana', 'bo']);
  const again = watch(ana.history());
  await turn();
  scene.network.moveUp();
  scene.network.moveDown(3);
  scene.network.cut();
  await scene.pass(5000);
  assert.equal(again.value?.messages.length, 5);
});
