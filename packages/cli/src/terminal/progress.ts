/** How far a long piece of work is, on standard error: one line that changes on a terminal, a line now and then elsewhere. */

/** Ms between two reports, at the least. */
const TERMINAL_MS = 100;
const ELSEWHERE_MS = 1000;

export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #shown: boolean;
  #next = 0;
  #written = false;

  /** `forced`: where it is no terminal, too. */
  constructor(stream: NodeJS.WriteStream, forced: boolean) {
    this.#stream = stream;
    this.#shown = forced || stream.isTTY;
  }

  /** Says it, unless something was said a moment ago; `make` is called only if so. */
  show(make: () => string): void {
    if (!this.#shown) return;
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + (this.#stream.isTTY ? TERMINAL_MS : ELSEWHERE_MS);
    this.#written = true;
    this.#stream.write(this.#stream.isTTY ? `\r${make()}\x1b[K` : `${make()}\n`);
  }

  /** Makes the line free for what comes next. */
  end(): void {
    if (this.#written && this.#stream.isTTY) this.#stream.write('\r\x1b[K');
    this.#written = false;
  }
}
