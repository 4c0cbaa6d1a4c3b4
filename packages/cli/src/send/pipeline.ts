import { type Receipt, Refused } from '@palabre/client';
import type { InputLine } from './input.ts';

export interface PipelineOptions {
  readonly say: (text: string, cont: boolean) => Promise<Receipt>;
  /** The most lines without a receipt. */
  readonly limit: number;
  /** How long it may go without a receipt, in ms, while one is waited for. */
  readonly silenceMs: number;
  /** It has gone for so long. */
  readonly onSilence: () => void;
  /** A line was not said, or nobody can tell whether it was. */
  readonly onFailure: (line: InputLine, error: unknown) => void;
}

/**
 * Says lines one after another without waiting for each: as many are under way as may wait for their receipts. Whoever has more to say waits, and
 * so does whoever writes to standard input.
 */
export class Pipeline {
  readonly #options: PipelineOptions;
  #pending = 0;
  #wanted = 0;
  #wake: () => void = () => {};
  #silence: NodeJS.Timeout | undefined;

  constructor(options: PipelineOptions) {
    this.#options = options;
  }

  /** Sends a line on its way; resolves when there is room for another. */
  async add(line: InputLine): Promise<void> {
    const { say, limit, silenceMs, onSilence, onFailure } = this.#options;
    if ('problem' in line) {
      onFailure(line, new Refused(line.problem));
      return;
    }
    this.#pending++;
    this.#silence ??= setTimeout(onSilence, silenceMs);
    const settled = (): void => this.#settled();
    say(line.text, line.cont).then(settled, (error) => {
      onFailure(line, error);
      settled();
    });
    // Half of them at a time: to wake up for each would cost more than to say it.
    if (this.#pending >= limit) await this.#until(limit / 2);
  }

  /** Resolves when every line has been answered. */
  async done(): Promise<void> {
    if (this.#pending > 0) await this.#until(0);
  }

  #until(pending: number): Promise<void> {
    this.#wanted = pending;
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #settled(): void {
    this.#pending--;
    if (this.#pending > 0) {
      this.#silence?.refresh();
    } else {
      clearTimeout(this.#silence);
      this.#silence = undefined;
    }
    if (this.#pending <= this.#wanted) this.#wake();
  }
}
