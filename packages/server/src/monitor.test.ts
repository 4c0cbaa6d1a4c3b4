/** What an operator's programs are told, asked of the whole server. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { CannotListen } from './listeners/address.ts';
import { Monitor } from './monitor.ts';
import { ask, metrics } from './testing/asking.ts';
import { Events } from './testing/events.ts';
import { directory, enter, heard, history, resume, say } from './testing/extended.ts';
import { Peer, testServer } from './testing/peer.ts';

const ANY = { host: '127.0.0.1', port: 0 };

test('well and ready: 200, and what it has to say of itself', async (t) => {
  await using server = await testServer({ adminHttp: ANY, data: directory(t) });
  assert.deepEqual(await ask(server, '/healthz').then(({ status, body }) => [status, body]), [200, 'ok\n']);
  const ready = await ask(server, '/readyz?verbose');
  assert.equal(ready.status, 200);
  assert.deepEqual(JSON.parse(ready.body), { state: 'ready', journal: 'ok' });
  const head = await ask(server, '/metrics', 'HEAD');
  assert.deepEqual([head.status, head.body], [200, '']);
  assert.match(String(head.headers['content-type']), /^text\/plain; version=0\.0\.4/);
});

test('nothing else is there, and nothing can be changed', async () => {
  await using server = await testServer({ adminHttp: ANY });
  for (const path of ['/', '/metrics/', '/chat', '/../healthz', '//metrics'])
    assert.equal((await ask(server, path)).status, 404, path);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    const { status, headers } = await ask(server, '/metrics', method);
    assert.deepEqual([status, headers.allow], [405, 'GET, HEAD']);
  }
  const { body } = await ask(server, '/readyz');
  assert.equal(JSON.parse(body).journal, 'none');
});

test('while it starts, and once it has been told to stop, it is not ready, and says which', async () => {
  const monitor = await Monitor.open(ANY);
  const state = async () => {
    const { status, body } = await ask({ adminHttp: monitor.address }, '/readyz');
    return [status, JSON.parse(body).state];
  };
  assert.deepEqual(await state(), [503, 'starting']);
  assert.equal((await ask({ adminHttp: monitor.address }, '/healthz')).status, 200);
  assert.equal((await ask({ adminHttp: monitor.address }, '/metrics')).status, 200);
  monitor.draining();
  assert.deepEqual(await state(), [503, 'draining']);
  await monitor.close();
});

test('a port that is taken is told with its flag, and a start that fails leaves none open', async () => {
  await using server = await testServer({ adminHttp: ANY });
  await assert.rejects(testServer({ adminHttp: server.adminHttp }), (error) => {
    assert.ok(error instanceof CannotListen);
    assert.equal(error.flag, '--admin-http');
    return true;
  });
  const open = () => process.getActiveResourcesInfo().filter((one) => one === 'TCPServerWrap').length;
  const before = open();
  await assert.rejects(testServer({ tcp: server.tcp, adminHttp: ANY }), CannotListen);
  while (open() > before) await setImmediate();
});

test('what happened is counted, each thing where it belongs', async (t) => {
  const page = { address: ANY, page: undefined, allowOrigins: [] };
  await using server = await testServer({
    adminHttp: ANY,
    http: page,
    data: directory(t),
    maxConnections: 5,
  });
  const before = await metrics(server);
  assert.equal(before.get('palabre_lines_heard_total'), 0);

  const ana = await Peer.enter(server, 'ana');
  const { peer: bo, token } = await enter(server, 'bo');
  await ana.hears('ARR bo');
  await say(bo, 'MSG good evening', '1');
  await ana.hears('MSG bo good evening');
  bo.say('@room=dev IAM bo', 'XYZ', '@ref=2 PRV zoe hello', 'IAM ana');
  for (let line = ''; line !== 'TKN ana'; ) line = (await heard(bo)).line;
  assert.equal((await history(bo, 'limit=5')).length, 1);
  const again = await resume(server, token, 0);
  for (let line = ''; line !== 'HST'; ) line = (await heard(again)).line;
  const cy = new WebSocket(`ws://127.0.0.1:${server.http?.port}/chat`);
  await once(cy, 'open');
  const stranger = await Peer.connect(server);
  await stranger.hears('WHO');
  const sixth = await Peer.connect(server);
  await sixth.hearsLast('ERR');
  const foreign = new WebSocket(`ws://127.0.0.1:${server.http?.port}/chat`, {
    origin: 'http://evil.example',
  });
  await once(foreign, 'error');
  stranger.say('BYE');
  await stranger.hearsLast('WHO');
  ana.say('BYE');
  await ana.hearsLast('LFT ana');

  // An ended connection is counted once its socket is closed, which this end may see first.
  let now = await metrics(server);
  while (now.get('palabre_connections_closed_total{why="bye"}') !== 2) now = await metrics(server);
  const expected: Readonly<Record<string, number>> = {
    'palabre_connections{listener="tcp",form="plain"}': 0,
    'palabre_connections{listener="tcp",form="extended"}': 2,
    'palabre_connections{listener="http",form="plain"}': 1,
    palabre_connections_max: 5,
    'palabre_connections_opened_total{listener="tcp"}': 4,
    'palabre_connections_opened_total{listener="http"}': 1,
    'palabre_connections_closed_total{why="lost"}': 0,
    'palabre_connections_refused_total{reason="full"}': 1,
    'palabre_connections_refused_total{reason="origin"}': 1,
    palabre_members: 1,
    palabre_members_lingering: 0,
    palabre_members_entered_total: 2,
    palabre_members_resumed_total: 1,
    'palabre_members_left_total{why="bye"}': 1,
    palabre_rooms: 1,
    'palabre_refusals_total{why="word"}': 1,
    'palabre_refusals_total{why="nobody"}': 1,
    'palabre_refusals_total{why="taken"}': 1,
    // IAM ana; EXT, IAM bo, MSG, the room, XYZ, PRV, IAM ana, HST; EXT, IAM; BYE, BYE
    palabre_lines_heard_total: 13,
    // ARR ana, ARR bo, MSG, ARR bo in the room, LFT ana
    palabre_broadcasts_total: 5,
    palabre_history_seconds_count: 1,
    palabre_replay_seconds_count: 1,
    palabre_history_failures_total: 0,
    palabre_commit_failures_total: 0,
    palabre_journal_trouble: 0,
    palabre_speakers_wait: 0,
    palabre_pauses_total: 0,
  };
  assert.deepEqual(Object.fromEntries(Object.keys(expected).map((key) => [key, now.get(key)])), expected);
  for (const some of ['commit_seconds_count', 'commit_records_sum', 'flush_seconds_count', 'flush_bytes_sum'])
    assert.ok((now.get(`palabre_${some}`) ?? 0) > 0, some);
  again.say('BYE');
  cy.terminate();
});

test('a broadcast counts once for each connection that it is for', async () => {
  await using server = await testServer({ adminHttp: ANY });
  const speaker = await Peer.enter(server, 'speaker');
  const others: Peer[] = [];
  for (let i = 0; i < 9; i++) others.push(await Peer.enter(server, `n${i}`));
  const before = (await metrics(server)).get('palabre_deliveries_total') ?? 0;
  speaker.say('MSG one', 'MSG two', 'PRV n0 three');
  for (const peer of others) for (let line = ''; line !== 'MSG speaker two'; ) line = await peer.next();
  assert.equal(await others[0]?.next(), 'PRV speaker three');
  const after = (await metrics(server)).get('palabre_deliveries_total') ?? 0;
  assert.equal(after - before, 9 + 9 + 1);
});

test('no more metrics, whoever comes and whatever they say', async () => {
  await using server = await testServer({ adminHttp: ANY });
  // Those of the garbage collector come with its first runs.
  const names = async () => [...(await metrics(server)).keys()].filter((name) => name.startsWith('palabre_'));
  const before = await names();
  const { peer } = await enter(server, 'ana');
  for (let i = 0; i < 20; i++) {
    await enter(server, `n${i}`);
    peer.say(`@room=r${i} IAM ana`, `@ref=${i};room=r${i} MSG ${i}`, `@ref=x${i} NEW${i}`);
  }
  for (let line = ''; line !== 'MSG ana 19'; ) line = (await heard(peer)).line;
  assert.deepEqual(await names(), before);
});

test('who waits to come back is told of', async (t) => {
  await using server = await testServer({ adminHttp: ANY, data: directory(t) });
  const { peer } = await enter(server, 'ana');
  peer.socket.destroy();
  let now = await metrics(server);
  while (now.get('palabre_connections_closed_total{why="lost"}') !== 1) now = await metrics(server);
  assert.equal(now.get('palabre_members'), 1);
  assert.equal(now.get('palabre_members_lingering'), 1);
});

test('how a connection ended is told: said BYE, another device did, lost, idle', async (t) => {
  await using server = await testServer({ adminHttp: ANY, data: directory(t), idleMs: 80 });
  const { peer, token } = await enter(server, 'ana');
  const other = await resume(server, token, 0);
  for (let line = ''; line !== 'HST'; ) line = (await heard(other)).line;
  const lost = await Peer.enter(server, 'bo');
  lost.socket.destroy();
  const silent = await Peer.connect(server);
  await silent.hearsLast('WHO');
  peer.say('BYE');
  const ended = async () =>
    Object.fromEntries(
      [...(await metrics(server))].flatMap(([sample, times]) => {
        const why = /^palabre_connections_closed_total\{why="(\w+)"\}$/.exec(sample)?.[1];
        return why === undefined ? [] : [[why, times]];
      }),
    );
  let now = await ended();
  while (Object.values(now).reduce((sum, times) => sum + times, 0) < 4) now = await ended();
  assert.deepEqual(now, { bye: 1, lost: 1, slow: 0, idle: 1, closed: 1 });
});

test('4.3 a reader that does not read shows in what is owed, and is warned of when it is closed', async () => {
  const events = new Events();
  await using server = await testServer({ adminHttp: ANY, events });
  const deaf = await Peer.enter(server, 'deaf');
  const speaker = await Peer.enter(server, 'speaker');
  await deaf.hears('ARR speaker');
  deaf.socket.pause();
  const line = `MSG ${'x'.repeat(4000)}`;
  for (let closed: number | undefined = 0; closed === 0; ) {
    for (let i = 0; i < 256; i++) speaker.say(line);
    speaker.say('WHO');
    for (let heard = ''; !heard.startsWith('WHO'); ) heard = await speaker.next();
    const now = await metrics(server);
    closed = now.get('palabre_connections_closed_total{why="slow"}');
    if (closed === 0) assert.ok((now.get('palabre_owed_bytes_most') ?? 0) <= 10 * 1024 * 1024);
  }
  await events.told(/^warn \[\{"address":"127\.0\.0\.1","times":1\},"slow readers closed"\]$/);
  await events.told(/^debug \[\{"name":"deaf","why":"slow"\},"member left"\]$/);
});

test('what is told at which level', async (t) => {
  const events = new Events();
  const server = await testServer({
    adminHttp: ANY,
    data: directory(t),
    events,
    maxConnections: 1,
  });
  const { peer } = await enter(server, 'ana');
  await (await Peer.connect(server)).hearsLast('ERR');
  await (await Peer.connect(server)).hearsLast('ERR');
  peer.say('IAM bea', 'BYE');
  for (let line = ''; line !== 'LFT bea'; ) line = (await heard(peer)).line;
  while ((await metrics(server)).get('palabre_connections_closed_total{why="bye"}') !== 1);
  await server.stop();
  const told = events.lines.map((line) => line.replace(/\[.*"(.*)"\]$/, '$1'));
  assert.deepEqual(told, [
    'info started',
    'info listening',
    'info listening',
    'debug connection opened',
    'debug member entered',
    'warn connections refused',
    'debug member renamed',
    'debug member left',
    'debug connection closed',
    'info draining',
    'info stopped',
  ]);
});
