/**
 * Output commit: effects are let out in order, and only once the records made before them are durable. While one commit is
 * under way the next batch gathers, so that all that came meanwhile share the cost of the next one (group commit).
 */
import type { Effect, JournalRecord, Outcome } from '../chat/effects.ts';
import type { Journal } from './journal.ts';

export class OutputCommit {
  readonly #journal: Journal;
  readonly #release: (effect: Effect) => void;
  #effects: Effect[] = [];
  #records: JournalRecord[] = [];
  #committing = false;

  constructor(journal: Journal, release: (effect: Effect) => void) {
    this.#journal = journal;
    this.#release = release;
  }

  /** Takes what a command came to; its effects are let out now, or when the journal has what they tell of. */
  add({ effects, records }: Outcome): void {
    if (this.#committing) {
      this.#effects.push(...effects);
      this.#records.push(...records);
      return;
    }
    const durable = records.length === 0 ? undefined : this.#journal.keep(records);
    if (durable) void this.#commit(durable, effects);
    else this.#letOut(effects);
  }

  async #commit(durable: Promise<void>, effects: readonly Effect[]): Promise<void> {
    this.#committing = true;
    await durable;
    this.#letOut(effects);
    while (this.#effects.length > 0 || this.#records.length > 0) {
      const gathered = this.#effects;
      const records = this.#records;
      this.#effects = [];
      this.#records = [];
      if (records.length > 0) await this.#journal.keep(records);
      this.#letOut(gathered);
    }
    this.#committing = false;
  }

  #letOut(effects: readonly Effect[]): void {
    for (const effect of effects) this.#release(effect);
  }
}
