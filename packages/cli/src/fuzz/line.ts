/** The connections of those who fuzz: opening them, being slow or quick, and ending them in every way there is. */

import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { connect as connectTls, TLSSocket } from 'node:tls';

/** How long, in ms, the server has for ending a connection whose other half has ended, and for taking what it is sent. */
const DEADLINE_MS = 30_000;

export interface Target {
  readonly host: string;
  readonly port: number;
  /** From which address of this machine; any by default. */
  readonly localAddress?: string | undefined;
  /** Whether all is said over TLS. */
  readonly secure?: boolean;
}

/** A connection, open or not yet. Errors on it are its end, and nothing else. */
export function dial({ host, port, localAddress, secure }: Target): Socket {
  const socket = secure
    ? connectTls({ host, port, rejectUnauthorized: false })
    : connect({ host, port, localAddress, noDelay: true });
  socket.on('error', ignore);
  return socket;
}

/** Ends it at once, with a reset where that can be. */
export function abort(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

export function ignore(): void {
  // Shows as the end of the connection.
}

/** A block of lines has been said: the others have their turn, so that what they say is mixed. */
export const turn = (): Promise<void> => setImmediate();

/** Whether there is still somebody to say something to. */
export function isOpen(socket: Duplex): boolean {
  return !socket.destroyed && socket.writable;
}

/** Writes these, each as a piece of its own; stops where the connection ends. */
export async function sayAll(socket: Duplex, pieces: Iterable<Buffer>): Promise<void> {
  for (const piece of pieces) {
    if (!isOpen(socket)) return;
    const room = socket.write(piece);
    if (!room) await settles(socket, 'drain');
    else if (piece.length < 100) await setImmediate();
  }
}

/** Resolves when the connection is over: false if it is not in time. */
export async function closes(socket: Duplex): Promise<boolean> {
  if (socket.closed) return true;
  await settles(socket, 'close');
  return socket.closed;
}

/** Resolves when this has happened, when the connection is over, or after the deadline. */
export async function settles(socket: Duplex, event: 'connect' | 'drain' | 'close'): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(late);
      socket.off(event, done).off('close', done);
      resolve();
    };
    const late = setTimeout(done, DEADLINE_MS);
    socket.on(event, done).on('close', done);
  });
}
