/**
 * The operator's way in: a Unix socket in the data directory, for the server's own user alone. A request is a line, and so is its answer;
 * what they say it does not know.
 */
import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { LineSplitter, TOO_LONG } from '@palabre/protocol';
import { adminSocket, type SocketPath } from './admin-path.ts';
import { socketsOf } from './listener.ts';

/** The most bytes of a request: a ban with a long reason takes a tenth. */
const REQUEST_BYTES = 16 * 1024;

/** Connections at a time. Further ones are closed at once. */
const CONNECTIONS = 16;

/** How long, in ms, a connection may be silent. */
const SILENCE_MS = 60_000;

/** The owner may read and write, nobody else anything. */
const OWNER_ONLY = 0o600;
const NOBODY_ELSE = 0o177;

/** Gives a request, `undefined` where it is too long, and takes its answer: one line, without its LF. */
export type Ask = (request: string | undefined) => Promise<string>;

export class AdminListener {
  readonly #server;
  readonly #sockets;
  #path: SocketPath | undefined;

  constructor(ask: Ask) {
    this.#server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('error', () => socket.destroy());
      socket.setTimeout(SILENCE_MS, () => socket.destroy());
      void serve(socket, ask).catch(() => socket.destroy());
    });
    this.#server.maxConnections = CONNECTIONS;
    // A connection that could not be accepted: whoever asked asks again, and the chat goes on.
    this.#server.on('error', () => {});
    this.#sockets = socketsOf(this.#server);
  }

  /**
   * Listens in a directory that is this server's alone: what a server that was killed has left there is replaced. Rejects with the
   * system's error where there can be no socket.
   */
  async listen(directory: string): Promise<void> {
    const at = adminSocket(directory);
    try {
      await this.#bind(at.path);
    } catch (error) {
      at[Symbol.dispose]();
      throw error;
    }
    this.#path = at;
  }

  async #bind(path: string): Promise<void> {
    // Bound with its permissions, not given them afterwards: the directory may be open to others.
    const umask = process.umask(NOBODY_ELSE);
    try {
      rmSync(path, { force: true });
      this.#server.listen(path);
    } finally {
      process.umask(umask);
    }
    await once(this.#server, 'listening');
    chmodSync(path, OWNER_ONLY);
  }

  /** Takes no more requests, and removes the socket; whoever is connected is given what was answered. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroySoon();
    await closed;
    this.#path?.[Symbol.dispose]();
  }
}

/** One request after the other: the next one is read when this one has been answered, and its answer taken. */
async function serve(socket: Socket, ask: Ask): Promise<void> {
  const lines = new LineSplitter(REQUEST_BYTES);
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    lines.push(chunk);
    for (let line = lines.next(); line !== undefined; line = lines.next()) {
      const answer = await ask(line === TOO_LONG ? undefined : Buffer.from(line).toString());
      if (!socket.write(`${answer}\n`)) await once(socket, 'drain');
    }
  }
  socket.end();
}
