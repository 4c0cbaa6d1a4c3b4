import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Lines held back at most before they are written. */
const MOST_HELD = 1000;

/** Writes lines, those of one turn of the event loop together: a system call for each would be nearly all that a line costs. */
export class Output {
  readonly #stream: Writable;
  #held: string[] = [];
  #ended = false;

  /** `onEnd`: nothing more can be written; an `EPIPE` means that whoever read it has read enough. */
  constructor(stream: Writable, onEnd: (error: NodeJS.ErrnoException) => void) {
    this.#stream = stream;
    stream.on('error', (error) => {
      this.#ended = true;
      onEnd(error);
    });
  }

  /** Writes a line; resolves when there may be more. */
  async print(line: string): Promise<void> {
    this.#held.push(line);
    if (this.#held.length === 1) setImmediate(() => void this.flush());
    if (this.#held.length >= MOST_HELD) await this.flush();
  }

  /** Writes what is held back. */
  async flush(): Promise<void> {
    const lines = this.#held;
    if (this.#ended || lines.length === 0) return;
    this.#held = [];
    if (!this.#stream.write(`${lines.join('\n')}\n`)) await once(this.#stream, 'drain').catch(() => {});
  }
}
