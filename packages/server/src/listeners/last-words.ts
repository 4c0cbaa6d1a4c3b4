import type { Socket } from 'node:net';

/** How long, in ms, somebody who is not let in has for reading why. */
const READING_MS = 5000;

/**
 * Says this, and lets the other side read it before the connection ends. What it says itself is thrown away until it has closed, or 5 s are over, however
 * busy it is: left unread, its words would keep the connection open for ever.
 */
export function sayLast(socket: Socket, words: string): void {
  socket.resume();
  socket.end(words);
  const late = setTimeout(() => socket.destroy(), READING_MS);
  socket.once('close', () => clearTimeout(late));
}
