/**
 * One connection at a time: dialling, finding out which form the server speaks, noticing a dead line. Who speaks on it, and what about, is its
 * owner's affair.
 *
 *     dial ─▶ WHO (1.1) ─▶ EXT (3.2) ─▶ owner.opened ─▶ owner.heard … ─▶ owner.lost
 *
 * A server of the nine words alone answers `EXT` with a second `WHO` (1.2): the plain form.
 */
import { LINE_BYTES } from '@palabre/protocol';
import type { ServerAddress } from '../address.ts';
import { Refused } from '../errors.ts';
import type { Dial, Wire } from '../transports/wire.ts';
import type { Clock } from './clock.ts';
import { type Incoming, readIncoming } from './incoming.ts';

/** From dialling to the answer to `IAM`, in ms. */
const HANDSHAKE_MS = 10_000;
/** Silence after which the server is asked whether it is there, in ms. */
const QUIET_MS = 10_000;
/** How long it has to answer, in ms: a dead line is noticed within 18 seconds. */
const PONG_MS = 8000;

/** What the server speaks. */
export interface Form {
  readonly extended: boolean;
  /** The longest line without its tags, in bytes. */
  readonly line: number;
  /** How long a member whose line is lost keeps its place, in seconds; 60 where the server does not say. */
  readonly linger: number;
}

const PLAIN: Form = { extended: false, line: LINE_BYTES, linger: 60 };

export interface LinkOwner {
  /** The form is known: say who you are. */
  opened(form: Form): void;
  heard(line: Incoming): void;
  /** All that came in together has been heard. */
  paused(): void;
  lost(cause?: Error): void;
}

export interface LinkOptions {
  readonly address: ServerAddress;
  readonly dial: Dial;
  readonly clock: Clock;
  /** An `EXT` with a ref of its own. */
  readonly ping: () => string;
}

export class Link {
  readonly #options: LinkOptions;
  readonly #owner: LinkOwner;
  #wire: Wire | undefined;
  #form: Form | undefined;
  #greeted = false;
  #heardAt = 0;
  /** On a plain line: what answers the ping is an `ERR`, which is nobody else's. */
  #pinged = false;
  #callOff = (): void => {};

  constructor(options: LinkOptions, owner: LinkOwner) {
    this.#options = options;
    this.#owner = owner;
  }

  /** Begins a connection; there must be none. */
  dial(): void {
    const { address, dial, clock } = this.#options;
    this.#form = undefined;
    this.#greeted = false;
    this.#pinged = false;
    const wire = dial(address, {
      opened: () => wire.say('EXT'),
      heard: (lines) => this.#hear(wire, lines),
      lost: (cause) => this.#lose(cause),
    });
    this.#wire = wire;
    this.#callOff = clock.after(HANDSHAKE_MS, () => this.#silent());
  }

  say(lines: readonly string[]): void {
    if (lines.length > 0) this.#wire?.say(lines.join('\n'));
  }

  /** The server has let us in: from here on its silence is watched. */
  settled(): void {
    this.#watch();
  }

  /** Ends the connection, if there is one, without telling the owner. */
  drop(): void {
    this.#callOff();
    this.#wire?.drop();
    this.#wire = undefined;
  }

  #lose(cause?: Error): void {
    this.drop();
    this.#owner.lost(cause);
  }

  #silent(): void {
    this.#lose(new Error('the server does not answer'));
  }

  #hear(wire: Wire, texts: readonly string[]): void {
    this.#heardAt = this.#options.clock.now();
    for (const text of texts) {
      const line = readIncoming(text);
      if (!line) continue;
      if (!this.#form) this.#greet(line);
      else if (this.#pinged && line.word === 'ERR') this.#pinged = false;
      else this.#owner.heard(line);
      // The owner may have dropped it.
      if (this.#wire !== wire) return;
    }
    if (this.#form) this.#owner.paused();
  }

  #greet(line: Incoming): void {
    if (line.word === 'EXT') {
      this.#form = { extended: true, line: line.line ?? LINE_BYTES, linger: line.linger ?? 0 };
    } else if (this.#greeted) {
      this.#form = PLAIN;
    } else if (line.word === 'WHO') {
      this.#greeted = true;
      return;
    } else if (line.word === 'ERR') {
      this.#lose(new Refused('full')); // 4.4
      return;
    } else return;
    this.#owner.opened(this.#form);
  }

  #watch(): void {
    const { clock, ping } = this.#options;
    const wait = this.#heardAt + QUIET_MS - clock.now();
    this.#callOff();
    if (wait > 0) {
      this.#callOff = clock.after(wait, () => this.#watch());
      return;
    }
    const askedAt = clock.now();
    this.#pinged = this.#form?.extended === false;
    this.say([this.#pinged ? 'EXT' : ping()]);
    this.#callOff = clock.after(PONG_MS, () => {
      if (this.#heardAt < askedAt) this.#silent();
      else this.#watch();
    });
  }
}
