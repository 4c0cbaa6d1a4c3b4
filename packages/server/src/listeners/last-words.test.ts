/** Who is not let in is told so, and then holds no connection, whatever it goes on to say. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Peer, testServer } from '../testing/peer.ts';

const ELSEWHERE =
  'GET /elsewhere HTTP/1.1\r\nHost: chat\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';

/** Resolves when no socket is open in this process, neither the server's nor a client's. */
async function noneOpen(): Promise<void> {
  while (process.getActiveResourcesInfo().includes('TCPSocketWrap')) await turn();
}

async function dial(port: number | undefined): Promise<Socket> {
  const socket = connect({ host: '127.0.0.1', port: port ?? 0 });
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** Says something all the time, until the connection is no more; meanwhile time passes, 5 s at once. */
async function talksOn(t: TestContext, socket: Socket): Promise<void> {
  const talking = setInterval(() => {
    socket.write('and more\n');
    t.mock.timers.tick(5000);
  }, 1);
  await new Promise((resolve) => socket.resume().once('close', resolve));
  clearInterval(talking);
}

test('an upgrade that is refused, with more said after it, holds no connection', async () => {
  const http = { address: { host: '127.0.0.1', port: 0 }, page: undefined, allowOrigins: [] };
  await using server = await testServer({ http });
  const socket = await dial(server.http?.port);
  socket.resume().end(`${ELSEWHERE}and more`);
  await noneOpen();
});

test('nor does who goes on talking for ever', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const http = { address: { host: '127.0.0.1', port: 0 }, page: undefined, allowOrigins: [] };
  await using server = await testServer({ http });
  const socket = await dial(server.http?.port);
  socket.write(ELSEWHERE);
  await talksOn(t, socket);
  await noneOpen();
});

test('4.4 nor who is told that the server is full', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  await using server = await testServer({ maxConnections: 1 });
  const first = await Peer.connect(server);
  await first.hears('WHO');
  const further = connect({ host: '127.0.0.1', port: server.tcp?.port ?? 0, allowHalfOpen: true });
  further.on('error', () => {});
  await once(further, 'connect');
  await talksOn(t, further);
  first.socket.destroy();
  await noneOpen();
});
