/** Servers that do not answer as they should. Those that do: admin.test.ts. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { adminSocket } from '@palabre/server';
import { ask, CannotAsk } from './server.ts';

/** More than a socket holds: who has read a part of it has not read all. */
const LONG = 'x'.repeat(2_000_000);

/** Where somebody listens who does with each connection what `served` says. */
async function listening(t: TestContext, served: (socket: Socket) => void): Promise<string> {
  const data = mkdtempSync(join(tmpdir(), 'palabre-admin-'));
  using at = adminSocket(data);
  const server = createServer((socket) => {
    t.after(() => socket.destroy());
    socket.on('error', () => {});
    served(socket);
  }).listen(at.path);
  t.after(() => {
    server.close();
    rmSync(data, { recursive: true, force: true });
  });
  await once(server, 'listening');
  return data;
}

/** What goes wrong, and what the server does. */
const SILENT: Readonly<Record<string, (socket: Socket) => void>> = {
  hangs: () => {},
  'hangs up': (socket) => socket.resume().end(),
  'dies before it has read all': (socket) => socket.once('data', () => socket.destroy()),
  'dies in the middle of its answer': (socket) => socket.resume().end('{"ok":tr'),
};

for (const [what, served] of Object.entries(SILENT)) {
  test(`a server that ${what} has not answered`, async (t) => {
    const data = await listening(t, served);
    await assert.rejects(ask(data, { command: 'say', text: LONG }, 100), (error) => {
      assert.ok(error instanceof CannotAsk);
      assert.match(error.message, /^the server with the data in .* has not answered$/);
      return true;
    });
  });
}

test('however a server ends that was asked to, it has ended', async (t) => {
  const data = await listening(t, (socket) =>
    socket.once('data', () => {
      socket.pause();
      socket.write('{"ok":true,"connections":0,"boundMs":1}\n', () => socket.destroy());
    }),
  );
  const { ended } = await ask(data, { command: 'drain', text: LONG });
  await ended;
});
