import type { History } from '@palabre/client';

export interface Quoted {
  readonly from: string;
  readonly text: string;
}

/** Lines that wait to be looked up; the newest are looked up first, and what is beyond waits until it is wanted again. */
const WAITING = 20;
/** Lines that are remembered. */
const REMEMBERED = 500;

/** Looks up lines that are answered and are not held, one at a time: they must not keep what is said waiting. */
export class Quotes {
  readonly #read: (id: number) => Promise<History>;
  readonly #found: () => void;
  readonly #known = new Map<number, Quoted | undefined>();
  #wanted: number[] = [];
  #busy = false;

  /** `read`: the one line with that id. `found`: a line that was wanted is known. */
  constructor(read: (id: number) => Promise<History>, found: () => void) {
    this.#read = read;
    this.#found = found;
  }

  /** The line with that id, if it is known; it is asked for if not. */
  get(id: number): Quoted | undefined {
    if (this.#known.has(id)) return this.#known.get(id);
    if (!this.#wanted.includes(id)) this.#wanted = [...this.#wanted, id].slice(-WAITING);
    if (!this.#busy) void this.#lookUp();
    return undefined;
  }

  async #lookUp(): Promise<void> {
    this.#busy = true;
    // What asks is still being built.
    await Promise.resolve();
    for (let id = this.#wanted.pop(); id !== undefined; id = this.#wanted.pop()) {
      const found = await this.#read(id).catch(() => undefined);
      if (!found) break;
      const [line] = found.messages;
      this.#known.set(id, line && { from: line.from, text: line.text });
      const [oldest] = this.#known.keys();
      if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
      if (line) this.#found();
    }
    this.#busy = false;
  }
}
