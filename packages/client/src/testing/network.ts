import type { Dial, Ear } from '../transports/wire.ts';
import type { FakeServer, Seat } from './fake-server.ts';

interface Cable {
  readonly ear: Ear;
  readonly seat: Seat;
  up: string[];
  down: string[];
  open: boolean;
  closing: boolean;
}

/**
 * The lines between clients and a fake server. Nothing moves until it is told to, so that a test can cut a line between any two lines said on it,
 * in either direction.
 */
export class Network {
  readonly server: FakeServer;
  /** Nobody gets through. */
  down = false;
  /** Every line that clients have said, for tests that look at them. */
  readonly said: string[] = [];
  #cables: Cable[] = [];

  constructor(server: FakeServer) {
    this.server = server;
  }

  readonly dial: Dial = (ear) => {
    const refused = this.down;
    let cable: Cable | undefined;
    queueMicrotask(() => {
      if (dropped) return;
      if (refused) return ear.lost(new Error('refused'));
      const down: string[] = [];
      const seat = this.server.join(
        (line) => cable?.down.push(line) ?? down.push(line),
        () => {
          if (cable) cable.closing = true;
        },
      );
      cable = { ear, seat, up: [], down, open: true, closing: false };
      this.#cables.push(cable);
      ear.opened();
    });
    let dropped = false;
    return {
      say: (lines) => {
        this.said.push(...lines);
        cable?.up.push(...lines);
      },
      drop: () => {
        dropped = true;
        if (cable) this.#remove(cable);
      },
    };
  };

  /** Whether anything waits to be moved. */
  get busy(): boolean {
    return this.#cables.some(({ up, down, closing }) => up.length + down.length > 0 || closing);
  }

  /** The server hears at most `lines` lines of each client. */
  moveUp(lines = Number.POSITIVE_INFINITY): void {
    for (const cable of [...this.#cables]) {
      for (const line of cable.up.splice(0, lines)) if (!cable.closing) this.server.hear(cable.seat, line);
    }
  }

  /** Each client hears at most `lines` lines of the server's, together. */
  moveDown(lines = Number.POSITIVE_INFINITY): void {
    for (const cable of [...this.#cables]) {
      const heard = cable.down.splice(0, lines);
      if (heard.length > 0 && cable.open) cable.ear.heard(heard);
      if (cable.closing && cable.down.length === 0) this.#cut(cable);
    }
  }

  /** Every line breaks: what is on its way in either direction never arrives. */
  cut(): void {
    for (const cable of [...this.#cables]) this.#cut(cable, new Error('cut'));
  }

  /** The lines are dead, and nobody notices: what is said arrives nowhere. */
  numb(): void {
    for (const cable of this.#cables) {
      cable.open = false;
      cable.up = [];
    }
    this.#cables = [];
  }

  #cut(cable: Cable, cause?: Error): void {
    if (this.#remove(cable)) cable.ear.lost(cause);
  }

  #remove(cable: Cable): boolean {
    const known = this.#cables.includes(cable);
    this.#cables = this.#cables.filter((other) => other !== cable);
    cable.open = false;
    this.server.leave(cable.seat);
    return known;
  }
}
