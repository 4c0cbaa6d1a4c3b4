import type { Command } from '../chat/commands.ts';
import type { Apply, Log } from './log.ts';

/** The log of a server that is alone: a queue in the process. A command is applied before `append` returns, unless one is under way. */
export class LocalLog implements Log {
  readonly #apply: Apply;
  readonly #waiting: Command[] = [];
  #lastId: number;
  #applying = false;

  /** `lastId`: no id up to this is used again. */
  constructor(apply: Apply, lastId: number) {
    this.#apply = apply;
    this.#lastId = lastId;
  }

  append(command: Command): void {
    // 2.8  what a command's effects give rise to comes after all of its effects
    if (this.#applying) {
      this.#waiting.push(command);
      return;
    }
    this.#applying = true;
    try {
      this.#apply(command, ++this.#lastId, Date.now());
      for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
        this.#apply(next, ++this.#lastId, Date.now());
      }
    } finally {
      this.#applying = false;
    }
  }
}
