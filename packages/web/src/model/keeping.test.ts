/** What is kept on the device, what is told: over the real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from './app.ts';
import { Cable } from './testing/cable.ts';
import { TestDevice } from './testing/device.ts';
import { find, inside, kinds, Pages, shows } from './testing/pages.ts';
import { Server } from './testing/server.ts';
import { until } from './testing/until.ts';

const DEADLINE = { timeout: 60_000 };

test(
  'drafts and settings outlast a reload; a line that waited while the line was lost is a draft then',
  DEADLINE,
  async () => {
    await using server = await Server.start();
    await using pages = new Pages(server.address);
    const device = new TestDevice();
    const ana = await pages.enter('ana', device);
    ana.settings.theme.value = 'dark';
    ana.settings.showComings.value = false;
    await ana.submit('/join dev');
    ana.current.value.draft.value = 'half a';
    ana.open('lobby');
    await server.kill();
    await until(() => ana.line.value.state !== 'connected');
    await ana.submit('while offline');
    ana.current.value.draft.value = 'and';
    ana.save();
    const again = pages.load(device);
    assert.equal(again.settings.theme.value, 'dark');
    assert.equal(again.settings.showComings.value, false);
    assert.equal(again.settings.language.value, 'system');
    assert.equal(find(again, 'room:dev').draft.value, 'half a');
    assert.equal(again.current.value.draft.value, 'while offline\nand');
    await until(() => again.line.value.state === 'reconnecting');
    assert.equal(again.stage.value, 'entering');
    await server.start();
    again.reconnectNow();
    ana.reconnectNow();
    await inside(again);
    await until(() => ana.line.value.waiting === 0);
    ana.current.value.draft.value = '';
    ana.save();
    assert.equal(device.kept.has('palabre:draft:lobby'), false, 'it was said after all');
  },
);

test('comings and goings are shown or not, as one likes', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  const ana = await pages.enter('ana');
  await pages.enter('bo');
  const shown = (): string[] => kinds(ana.current.value.timeline.items.value);
  await until(() => shown().length === 1);
  ana.settings.showComings.value = false;
  assert.deepEqual(shown(), []);
  ana.settings.showComings.value = true;
  assert.deepEqual(shown(), ['notice']);
});

test(
  'told: a line that names one, or is private, while nobody looks; a change of conversation and of the line',
  DEADLINE,
  async () => {
    await using server = await Server.start();
    await using pages = new Pages(server.address);
    const [ana, bo] = [await pages.enter('ana'), await pages.enter('bo')];
    const told: [string, string][] = [];
    ana.onNotify = (message: Message, { key }) => told.push([key, message.text]);
    await bo.submit('ana?');
    await shows(ana, 'ana?');
    assert.deepEqual(told, [], 'one looks');
    ana.looked.value = false;
    for (const text of ['hm', 'ANA!', '/msg ana psst']) await bo.submit(text);
    await until(() => ana.unread.value.all === 3);
    assert.deepEqual(told, [
      ['lobby', 'ANA!'],
      ['with:bo', 'psst'],
    ]);
    assert.deepEqual(ana.unread.value, { all: 3, urgent: 2 });
    const { mark } = ana.current.value;
    assert.equal(mark.value, undefined);
    ana.looked.value = true;
    assert.deepEqual(ana.unread.value, { all: 1, urgent: 1 });
    assert.ok(mark.value);
    ana.current.value.markRead();
    assert.equal(mark.value, undefined);
    ana.step(-1, false);
    assert.equal(ana.current.value.key, 'with:bo');
    assert.deepEqual(ana.announced.value, {
      type: 'conversation',
      conversation: ana.current.value,
      unread: 1,
    });
    await server.kill();
    await until(() => ana.announced.value?.type === 'line');
    await server.start();
    ana.reconnectNow();
    await until(() => ana.announced.value?.type === 'line' && ana.announced.value.line.state === 'connected');
  },
);

test('a line that is lost tells when it is tried again', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  const ana = await pages.enter('ana', new TestDevice(), { now: () => 1000 });
  const states: string[] = [];
  ana.line.subscribe(({ state }) => {
    if (states.at(-1) !== state) states.push(state);
  });
  await server.kill();
  await until(() => ana.line.value.state === 'reconnecting');
  assert.ok((ana.line.value.retryAt ?? 0) >= 1000);
  await server.start();
  ana.reconnectNow();
  await until(() => ana.line.value.state === 'connected');
  assert.equal(ana.line.value.retryAt, undefined);
  assert.ok(states.includes('reconnecting') && states.includes('connecting'));
});

test('without a network the line counts as lost, until the server is heard', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  await using cable = await Cable.start(() => server.port);
  const ana = await pages.enter('ana', new TestDevice(), { address: cable.address });
  ana.networkLost();
  assert.equal(ana.line.value.state, 'offline');
  await until(() => ana.line.value.state === 'connected');
  cable.mute();
  ana.networkLost();
  await ana.submit('said without a network');
  assert.deepEqual(ana.line.value, { state: 'offline', waiting: 1 });
  cable.cut();
  await until(() => ana.line.value.state === 'reconnecting');
  cable.mend();
  ana.reconnectNow();
  await until(() => ana.line.value.state === 'connected' && ana.line.value.waiting === 0);
});

test('rooms are listed, with those one is in', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  const [ana, bo] = [await pages.enter('ana'), await pages.enter('bo')];
  for (const room of ['tree', 'dev']) await bo.submit(`/join ${room}`);
  await bo.submit('said before');
  await until(() => bo.line.value.waiting === 0);
  await ana.submit('/join DEV');
  await shows(ana, 'said before');
  assert.equal(ana.current.value.title.value, 'dev', 'as whoever made it typed it');
  await ana.submit('/rooms');
  assert.equal(ana.panel.value, 'rooms');
  await ana.listRooms();
  assert.deepEqual(ana.rooms.value, [
    { name: 'dev', members: 2, entered: true },
    { name: 'tree', members: 1, entered: false },
  ]);
  await until(() => ana.current.value.members.value.length === 2);
  assert.equal(await ana.submit('/leave'), undefined);
  assert.equal(ana.current.value.key, 'lobby');
  await until(() => find(bo, 'room:dev').members.value.length === 1);
  assert.deepEqual(
    ana.rooms.value.map(({ entered }) => entered),
    [false, false],
  );
});
