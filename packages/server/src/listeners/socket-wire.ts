import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Framing } from '../fanout/framing.ts';
import type { Wire } from '../fanout/wire.ts';
import type { Source } from './intake.ts';

/** Bytes that a socket keeps beyond what the system takes before nothing more is written to it: those of Node's own streams. */
const FULL_BYTES = 64 * 1024;

/** How long, in ms, the other side has for ending its half once it has been given everything. */
const LAST_MS = 1000;

/** What all wires have in common that are sockets in the end. How one is read from and ended is the listener's. */
export abstract class SocketWire implements Wire, Source {
  readonly framing: Framing | undefined;
  protected readonly socket: Socket;
  readonly #onDrain: () => void;

  /** `onDrain` is called when the socket takes bytes again. */
  constructor(socket: Socket, onDrain: () => void, framing?: Framing) {
    this.socket = socket;
    this.#onDrain = onDrain;
    this.framing = framing;
  }

  abstract end(): void;
  abstract pause(): void;
  abstract resume(): void;

  get unsent(): number {
    return this.socket.destroyed ? 0 : this.socket.writableLength;
  }

  write(pieces: readonly Buffer[]): boolean {
    const socket = this.socket;
    if (!socket.writable) return true;
    if (pieces.length > 1) socket.cork();
    for (const piece of pieces) socket.write(piece);
    if (pieces.length > 1) socket.uncork();
    // Not what `write` returned: it says no to any large piece, even one that the system has taken whole.
    if (socket.writableLength < FULL_BYTES) return true;
    socket.once('drain', this.#onDrain);
    return false;
  }

  /** To be called once it is being ended: whoever does not end its own half is not waited for. */
  protected endSoon(): void {
    const socket = this.socket;
    if (socket.destroyed) return;
    const look = setInterval(() => {
      if (socket.writableLength === 0) socket.destroy();
    }, LAST_MS);
    socket.once('close', () => clearInterval(look));
  }

  // A reset, so that the system does not go on holding what the other side does not read.
  destroy(): void {
    if (this.socket instanceof TLSSocket) this.socket.destroy();
    else this.socket.resetAndDestroy();
  }
}
