/**
 * One connection: dialling, finding out which form the server speaks, noticing a dead line. Who speaks on it, and what about, is its
 * owner's affair.
 *
 *     dial ─▶ WHO (1.1) ─▶ EXT (3.2) ─▶ owner.opened ─▶ owner.heard … ─▶ owner.lost
 *
 * A server of the nine words alone answers `EXT` with a second `WHO` (1.2): from then on an interpreter stands between.
 */
import { Refused } from '../errors.ts';
import type { Dial, Wire } from '../transports/wire.ts';
import type { Clock } from './clock.ts';
import { type Incoming, readIncoming } from './incoming.ts';
import type { Interpreter } from './plain.ts';

/**
 * How often it is looked at whether the server has said anything, in ms. After two silences it is asked whether it is there, after three the line
 * is dead: that is noticed within 18 seconds. A server that has not let us in at the second look is given up.
 */
const LOOK_MS = 6000;

export interface LinkOwner {
  /** It is known what the server speaks: say who you are. `form`: its answer to `EXT`; `undefined` where it speaks the nine words alone. */
  opened(form: Incoming | undefined): void;
  heard(line: Incoming): void;
  lost(cause?: Error): void;
}

export interface LinkOptions {
  readonly dial: Dial;
  /** Fetches what it takes to speak with a server of the nine words alone. */
  readonly interpreter: () => Promise<typeof import('./plain.ts')>;
  readonly clock: Clock;
}

export class Link {
  /** For the owner to say that the server has let us in: from then on nothing but its silence is watched. */
  settled = false;
  readonly #options: LinkOptions;
  readonly #owner: LinkOwner;
  readonly #wire: Wire;
  #interpreter: Interpreter | undefined;
  #stage: 'dialled' | 'greeted' | 'interpreting' | 'open' | 'over' = 'dialled';
  #silences = 0;
  #callOff = (): void => {};

  /** Begins the connection. */
  constructor(options: LinkOptions, owner: LinkOwner) {
    this.#options = options;
    this.#owner = owner;
    this.#wire = options.dial({
      opened: () => this.#wire.say(['EXT']),
      heard: (lines) => this.#hear(this.#interpreter?.hear(lines) ?? lines),
      lost: (cause) => this.#lose(cause),
    });
    this.#watch();
  }

  say(lines: readonly string[]): void {
    (this.#interpreter ?? this.#wire).say(lines);
  }

  /** Ends it, without telling the owner. */
  drop(): void {
    this.#stage = 'over';
    this.#callOff();
    this.#wire.drop();
  }

  #lose(cause?: Error): void {
    if (this.#stage === 'over') return;
    this.drop();
    this.#owner.lost(cause);
  }

  #watch(): void {
    this.#callOff = this.#options.clock.after(LOOK_MS, () => {
      this.#silences++;
      if (this.#silences > (this.settled ? 2 : 1)) {
        this.#lose(new Error('no answer'));
        return;
      }
      if (this.#silences === 2) this.say(['EXT']); // 3.10
      this.#watch();
    });
  }

  #hear(texts: readonly string[]): void {
    if (this.settled) this.#silences = 0;
    for (const text of texts) {
      const line = readIncoming(text);
      if (!line) continue;
      if (this.#stage === 'open') this.#owner.heard(line);
      else if (this.#stage === 'dialled' || this.#stage === 'greeted') this.#greet(line);
    }
  }

  #greet(line: Incoming): void {
    if (line.word === 'EXT') this.#open(line);
    else if (this.#stage === 'greeted') this.#interpret();
    else if (line.word === 'WHO') this.#stage = 'greeted';
    else if (line.word === 'ERR') this.#lose(new Refused('full')); // 4.4
  }

  #interpret(): void {
    this.#stage = 'interpreting';
    this.#options.interpreter().then(
      ({ Interpreter }) => {
        if (this.#stage !== 'interpreting') return;
        this.#interpreter = new Interpreter(this.#wire.say, (lines) => this.#hear(lines));
        this.#open();
      },
      (cause) => this.#lose(cause),
    );
  }

  #open(form?: Incoming): void {
    this.#stage = 'open';
    this.#owner.opened(form);
  }
}
