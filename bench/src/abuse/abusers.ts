/**
 * What a server on the internet has to bear, each kind of it by itself. Whoever is cut off comes back: the pressure stays what it is however the server
 * answers it.
 */
import { connect, type Socket } from 'node:net';
import { helloFrom } from '../load/behind-proxy.ts';
import { clientHeader } from '../websocket/client-frame.ts';

/** How many of each kind. */
export interface Kinds {
  /** Connections that never say anything. */
  readonly idle: number;
  /** Connections that send a byte a second, and never a whole line. */
  readonly dripping: number;
  /** Members that say messages as fast as they can, and read. */
  readonly floods: number;
  /** Connections without a name that send bytes that are no text, as fast as they can. */
  readonly garbage: number;
  /** Members that never read. */
  readonly mute: number;
  /** Each connects again as soon as it can: every other one enters, and is cut once it has; the others are cut at once. */
  readonly reconnecting: number;
  /** WebSockets that send pings as fast as they can. */
  readonly pinging: number;
}

export type Kind = keyof Kinds;

/** What they came to. */
export interface Counted {
  /** Connections made again and again by the kind that does that. */
  reconnects: number;
  /** Connections that the server ended. */
  cut: number;
  /** Bytes that the server (or its system) has taken of those that send as fast as they can. */
  floodedBytes: number;
}

/** The number of the first of them: the honest are others. */
const FIRST = 2 ** 16;
const PING = 9;
/** ms after which whoever was cut off comes back, and between the bytes of one that drips. */
const BACK_AFTER = 100;
const DRIP_MS = 1000;
/** Parts of a second in which the drops fall, so that they don't all fall at once. */
const DRIPS = 20;
const FLOOD = Buffer.from(`MSG ${'louder '.repeat(8)}\n`.repeat(500));
const GARBAGE = Buffer.from(
  Array.from({ length: 32_768 }, (_, i) => (i % 97 === 96 ? 10 : (i * 7919) % 256)),
);
const PINGS = Buffer.from((clientHeader(100, PING) + 'p'.repeat(100)).repeat(300), 'latin1');

export class Abusers {
  readonly counted: Counted = { reconnects: 0, cut: 0, floodedBytes: 0 };
  readonly #port: number;
  readonly #webPort: number;
  readonly #sockets = new Set<Socket>();
  readonly #dripping = new Set<Socket>();
  #names = 0;
  #numbers = FIRST;
  #over = false;

  constructor(port: number, webPort: number) {
    this.#port = port;
    this.#webPort = webPort;
  }

  /** Starts as many as are asked for; resolves once all are connected, and what comes again and again has begun. */
  async start(kinds: Kinds): Promise<void> {
    const begin: Record<Kind, (number: number, done: () => void) => void> = {
      idle: (number, done) => this.#quiet(number, done),
      dripping: (number, done) => this.#drip(number, done),
      floods: (number, done) =>
        this.#flood(number, this.#port, () => `IAM ${this.#name('f')}\n`, FLOOD, done),
      garbage: (number, done) => this.#flood(number, this.#port, () => '', GARBAGE, done),
      mute: (number, done) => this.#mute(number, done),
      reconnecting: (number, done) => this.#again(number, done),
      pinging: (number, done) => this.#flood(number, this.#webPort, () => '', PINGS, done),
    };
    // One after the other, but for those that are many: a server may have a queue for those who come in.
    for (const [kind, start] of Object.entries(begin)) {
      const count = kinds[kind as Kind]; // the keys of `begin` are the kinds
      let next = 0;
      const lane = async (): Promise<void> => {
        while (next++ < count) await new Promise<void>((resolve) => start(this.#numbers++, resolve));
      };
      await Promise.all(Array.from({ length: 50 }, lane));
    }
    for (let part = 0; part < DRIPS; part++) setTimeout(() => this.#drops(part), (part * DRIP_MS) / DRIPS);
  }

  stop(): void {
    this.#over = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  #quiet(number: number, done: () => void): void {
    this.#open(number, this.#port, done, () => this.#quiet(number, () => {})).resume();
  }

  #drip(number: number, done: () => void): void {
    const socket = this.#open(number, this.#port, done, () => this.#drip(number, () => {}));
    socket.resume();
    this.#dripping.add(socket);
    socket.once('close', () => this.#dripping.delete(socket));
  }

  #drops(part: number): void {
    if (this.#over) return;
    let i = 0;
    for (const socket of this.#dripping) if (i++ % DRIPS === part && socket.writable) socket.write('x');
    setTimeout(() => this.#drops(part), DRIP_MS);
  }

  /** Says `hello`, waits for the first answer, and then sends `bytes` again and again. */
  #flood(number: number, port: number, hello: () => string, bytes: Buffer, done: () => void): void {
    const socket = this.#open(number, port, done, () => this.#flood(number, port, hello, bytes, () => {}));
    socket.once('connect', () => socket.write(hello()));
    const send = (): void => {
      while (!socket.destroyed && socket.write(bytes)) this.counted.floodedBytes += bytes.length;
    };
    socket.once('data', send);
    socket.on('drain', () => {
      this.counted.floodedBytes += bytes.length;
      send();
    });
    socket.resume();
  }

  #mute(number: number, done: () => void): void {
    const socket = this.#open(number, this.#port, done, () => this.#mute(number, () => {}));
    socket.pause();
    socket.once('connect', () => socket.write(`IAM ${this.#name('q')}\n`));
  }

  #again(number: number, done: () => void): void {
    const enters = number % 2 === 0;
    const socket = this.#open(
      number,
      this.#port,
      () => {
        if (!socket.destroyed) this.counted.reconnects++;
        done();
        if (!enters) socket.destroy();
      },
      () => {},
    );
    if (enters) {
      const name = this.#name('r');
      socket.once('connect', () => socket.write(`IAM ${name}\n`));
      let seen = '';
      socket.on('data', (chunk: Buffer) => {
        seen += chunk.toString('latin1');
        if (seen.includes(`ARR ${name}\n`)) socket.destroy();
        seen = seen.slice(-`ARR ${name}\n`.length);
      });
    }
    socket.once('close', () => {
      if (!this.#over) setImmediate(() => this.#again(number, () => {}));
    });
  }

  #name(kind: string): string {
    return `${kind}${this.#names++}`;
  }

  /** Connects from the address of that number; `back` is called when it was cut off and is due to come again. */
  #open(number: number, port: number, connected: () => void, back: () => void): Socket {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    this.#sockets.add(socket);
    let open = false;
    socket.once('connect', () => {
      open = true;
      socket.write(helloFrom(number, port === this.#webPort), 'latin1');
      connected();
    });
    socket.on('error', () => {});
    socket.once('close', () => {
      this.#sockets.delete(socket);
      if (this.#over) return;
      if (open) this.counted.cut++;
      else connected(); // refused: it comes again all the same
      setTimeout(() => !this.#over && back(), BACK_AFTER);
    });
    return socket;
  }
}
