/** Entering, coming back, leaving: over the real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Clock, connect as connectTo } from '@palabre/client';
import type { App } from './app.ts';
import type { AppOptions } from './create.ts';
import { SOON_MS } from './device.ts';
import { Cable } from './testing/cable.ts';
import { TestDevice } from './testing/device.ts';
import { find, inside, messages, Pages, shows, texts } from './testing/pages.ts';
import { Server } from './testing/server.ts';
import { until } from './testing/until.ts';

const DEADLINE = { timeout: 60_000 };

test(
  'what is wrong with a name is said while it is typed, and that it is taken when it is asked for',
  DEADLINE,
  async () => {
    await using server = await Server.start();
    await using pages = new Pages(server.address);
    const ana = await pages.enter('ana');
    assert.equal(ana.me.value, 'ana');
    const page = pages.load();
    const { name, problem } = page.entry;
    assert.equal(problem.value, undefined);
    name.value = 'Pseu do';
    assert.deepEqual(problem.value, { what: 'name-space', about: 'Pseu do' });
    name.value = ' ';
    assert.deepEqual(problem.value, { what: 'name-empty' });
    name.value = ' ANA ';
    assert.equal(problem.value, undefined);
    await page.entry.enter();
    assert.deepEqual(problem.value, { what: 'taken', about: 'ANA' });
    assert.equal(page.stage.value, 'entry');
    name.value = 'anab';
    assert.equal(problem.value, undefined, 'another name is another matter');
    await page.entry.enter();
    await inside(page);
    assert.equal(page.me.value, 'anab');
  },
);

test('a page that nobody answers says so, and can be tried again', DEADLINE, async () => {
  await using pages = new Pages('tcp://127.0.0.1:1');
  const page = pages.load();
  page.entry.name.value = 'ana';
  await page.entry.enter();
  assert.equal(page.stage.value, 'entry');
  assert.equal(page.entry.problem.value?.what, 'unreachable');
  assert.equal(page.line.value.state, 'closed');
});

test(
  '3.7 a reload comes back as the same person, in the same rooms, to what was open',
  DEADLINE,
  async () => {
    await using server = await Server.start();
    await using pages = new Pages(server.address);
    const device = new TestDevice();
    const bo = await pages.enter('bo');
    const ana = await pages.enter('ana', device);
    await ana.submit('/join Dev');
    await ana.submit('in the room');
    await shows(ana, 'in the room');
    ana.detach();
    const again = pages.load(device);
    await inside(again);
    assert.equal(again.me.value, 'ana');
    assert.equal(again.current.value.title.value, 'Dev');
    await shows(again, 'in the room');
    assert.ok(messages(again.current.value).every(({ own, state }) => own && state === 'sent'));
    const notices = bo.current.value.timeline.items.value.filter(({ type }) => type === 'notice');
    assert.equal(notices.length, 1, 'bo saw ana come once, and never leave');
  },
);

test(
  '3.7 a second tab is the same person: what one says both show, what one reads both have read, a room is entered in both',
  DEADLINE,
  async () => {
    await using server = await Server.start();
    await using pages = new Pages(server.address);
    const device = new TestDevice();
    const bo = await pages.enter('bo');
    const one = await pages.enter('ana', device);
    const two = pages.load(device);
    await inside(two);
    await one.submit('from the first tab');
    await shows(two, 'from the first tab');
    assert.equal(messages(two.current.value)[0]?.own, true);
    await one.submit('/join dev');
    await until(() => two.conversations.value.some(({ key }) => key === 'room:dev'));
    assert.equal(two.current.value.key, 'lobby');
    two.looked.value = false;
    one.open('lobby');
    one.looked.value = false;
    await bo.submit('hello ana');
    await until(() => one.unread.value.urgent === 1 && two.unread.value.urgent === 1);
    one.looked.value = true;
    assert.equal(one.unread.value.all, 0);
    one.save();
    await until(() => two.unread.value.all === 0);
    await one.leaveRoom('room:dev');
    await until(() => two.conversations.value.length === 1);
  },
);

test('3.7 a device that does not know the rooms of who comes back is told them', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  const device = new TestDevice();
  const bo = await pages.enter('bo');
  const ana = await pages.enter('ana', device);
  await bo.submit('/join dev');
  await ana.submit('/join dev');
  ana.save();
  const other = new TestDevice();
  const session = JSON.parse(device.kept.get('palabre:session') ?? '');
  other.kept.set('palabre:session', JSON.stringify({ ...session, rooms: [] }));
  const two = pages.load(other);
  await inside(two);
  await until(() => two.conversations.value.length === 2);
  await bo.submit('hello dev');
  await until(() => find(two, 'room:dev').unread.value === 1);
});

test('who can not get back in may give up, and be somebody else', DEADLINE, async () => {
  await using pages = new Pages('tcp://127.0.0.1:1');
  const device = new TestDevice();
  device.kept.set('palabre:session', JSON.stringify({ name: 'ana', token: 'x.nonsense' }));
  const page = pages.load(device);
  await until(() => page.line.value.state === 'reconnecting');
  assert.equal(page.stage.value, 'entering');
  await page.leave();
  assert.equal(page.stage.value, 'entry');
  assert.equal(page.entry.name.value, 'ana');
  assert.equal(page.entry.problem.value, undefined);
  assert.equal(device.kept.has('palabre:session'), false);
  await using server = await Server.start();
  const attempts: string[] = [];
  const connect: AppOptions['connect'] = async (address, options) => {
    attempts.push(options.session?.name ?? options.name ?? '');
    return await connectTo(address, options);
  };
  const other = new TestDevice();
  other.kept.set('palabre:session', JSON.stringify({ name: 'ana', token: 'x.nonsense', rooms: ['dev'] }));
  const left = pages.load(other, { address: server.address, connect });
  // In the middle of getting in.
  await left.leave();
  left.entry.name.value = 'bo';
  await left.entry.enter();
  await inside(left);
  assert.equal(left.me.value, 'bo');
  assert.deepEqual(attempts, ['ana', 'bo']);
  assert.equal(left.conversations.value.length, 1, 'the rooms were those of somebody else');
  assert.equal(left.entry.problem.value, undefined);
});

test('3.7 what one tab leaves, another that has no line just now has left too', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  await using cable = await Cable.start(() => server.port);
  const device = new TestDevice();
  const one = await pages.enter('ana', device);
  const two = pages.load(device, { address: cable.address });
  await inside(two);
  cable.cut();
  await until(() => two.line.value.state !== 'connected');
  await one.leave();
  await until(() => two.stage.value === 'entry');
  const other = await pages.enter('ana');
  assert.equal(other.me.value, 'ana');
});

test(
  '3.7 the first tab that is back after a long sleep is somebody new; the others follow it, and take nothing from it',
  DEADLINE,
  async () => {
    await using server = await Server.start('--linger', '1');
    await using pages = new Pages(server.address);
    await using first = await Cable.start(() => server.port);
    await using second = await Cable.start(() => server.port);
    const device = new TestDevice();
    const token = (): unknown => JSON.parse(device.kept.get('palabre:session') ?? '{}').token;
    const listed = ({ conversations }: App): string[] => conversations.value.map(({ key }) => key);
    const bo = await pages.enter('bo');
    const one = await pages.enter('ana', device, { address: first.address });
    // The second hears of what changes on the device; the third has to look, and still has something to write when it wakes.
    const slow: Clock = {
      now: () => performance.now(),
      after(ms, then) {
        const timer = ms === SOON_MS ? undefined : setTimeout(then, ms);
        return () => clearTimeout(timer);
      },
    };
    const others = [
      pages.load(device, { address: second.address }),
      pages.load(device, { address: second.address, watch: undefined, clock: slow }),
    ];
    for (const page of others) await inside(page);
    one.talkTo('bo');
    for (const page of others) {
      await page.submit('/join dev');
      await until(() => page.current.value.key === 'room:dev');
      page.talkTo('bo');
      page.open('room:dev');
    }
    const before = token();
    first.cut();
    second.cut();
    await until(() => bo.current.value.members.value.length === 1);
    for (const page of others) await page.submit('into the void');

    first.mend();
    one.reconnectNow();
    await until(() => one.line.value.state === 'connected');
    const after = token();
    assert.notEqual(after, before);
    for (const page of others) page.save();
    assert.equal(token(), after, 'what is dead is not written over it');
    for (const page of others) {
      page.reconnectNow();
      await until(() => page.stage.value === 'entering');
    }
    second.mend();
    for (const page of others) {
      page.reconnectNow();
      await inside(page);
      assert.equal(page.me.value, 'ana');
      assert.equal(page.entry.problem.value, undefined);
      assert.equal(page.current.value.key, 'room:dev', 'where one was in that tab');
      assert.match(page.current.value.draft.value, /^into the void/);
    }
    one.open('room:dev');
    await others[0]?.submit('here again');
    await shows(one, 'here again');
    assert.equal(messages(one.current.value).at(-1)?.own, true);
    for (const page of [one, ...others]) assert.deepEqual(listed(page), ['lobby', 'room:dev', 'with:bo']);
    assert.equal(token(), after);
  },
);

test('3.7 a page that was loaded while the server was out of reach follows too', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  await using cable = await Cable.start(() => server.port);
  cable.cut();
  const device = new TestDevice();
  device.kept.set('palabre:session', JSON.stringify({ name: 'ana', token: 'x.nonsense' }));
  const late = pages.load(device, { address: cable.address });
  await until(() => late.line.value.state === 'reconnecting');
  const one = pages.load(device);
  await inside(one);
  cable.mend();
  late.reconnectNow();
  await inside(late);
  assert.equal(late.me.value, 'ana');
  await late.submit('as the same person');
  await shows(one, 'as the same person');
  assert.equal(messages(one.current.value)[0]?.own, true);
});

test('two people in two tabs of one browser stay two, also while a line is lost', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  await using cable = await Cable.start(() => server.port);
  const device = new TestDevice();
  const ana = pages.load(device, { address: cable.address });
  const bo = pages.load(device);
  for (const [page, name] of [
    [ana, 'ana'],
    [bo, 'bo'],
  ] as const) {
    page.entry.name.value = name;
    await page.entry.enter();
    await inside(page);
  }
  cable.cut();
  await until(() => ana.line.value.state === 'reconnecting');
  await bo.submit('are you there?');
  await until(() => bo.line.value.waiting === 0);
  bo.save();
  cable.mend();
  ana.reconnectNow();
  await shows(ana, 'are you there?');
  assert.equal(ana.me.value, 'ana');
  assert.equal(messages(ana.current.value)[0]?.own, false);
});

test('1.10 /quit in one tab ends it in all, and the name is free', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  const device = new TestDevice();
  const one = await pages.enter('ana', device);
  const two = pages.load(device);
  await inside(two);
  await one.submit('/msg ana a note to myself');
  assert.equal(await one.submit('/quit'), undefined);
  await until(() => one.stage.value === 'entry' && two.stage.value === 'entry');
  assert.equal(one.line.value.problem, undefined);
  assert.equal(two.line.value.problem?.what, 'closed');
  assert.deepEqual(
    [...device.kept.keys()].filter((key) => /session|privates|draft/.test(key)),
    [],
  );
  const other = await pages.enter('ana');
  assert.deepEqual(texts(find(other, 'lobby')), []);
});

test(
  'a session that is too old makes a fresh member; where the name is taken by then, it says so',
  DEADLINE,
  async () => {
    await using server = await Server.start();
    await using pages = new Pages(server.address);
    const device = new TestDevice();
    device.kept.set(
      'palabre:session',
      JSON.stringify({ name: 'ana', token: 'x.nonsense', rooms: ['dev'], after: 3 }),
    );
    const ana = pages.load(device);
    await inside(ana);
    await until(() => ana.conversations.value.length === 2);
    assert.equal(ana.me.value, 'ana');
    const late = new TestDevice();
    late.kept.set('palabre:session', JSON.stringify({ name: 'Ana', token: 'x.nonsense' }));
    const page = pages.load(late);
    await until(() => page.stage.value === 'entry');
    await until(() => page.entry.problem.value?.what === 'taken');
    assert.equal(page.entry.name.value, 'Ana');
    assert.equal(late.kept.has('palabre:session'), false);
  },
);
