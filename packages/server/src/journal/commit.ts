/**
 * Output commit: effects are let out in order, and only once the records made with them and before them are durable. While one
 * commit is under way the next batch gathers, so that all that came meanwhile share the cost of the next one (group commit).
 *
 * If a commit fails (the disk is full), nothing that it was to keep is acknowledged: each message in it is unsaid instead, and so are
 * those that follow, but for one a second, which tries again. What happened to members goes on all the same, and is kept with the first
 * commit that succeeds.
 */
import { performance } from 'node:perf_hooks';
import type { Command } from '../chat/commands.ts';
import type { Effect, Outcome } from '../chat/effects.ts';
import type { JournalRecord } from '../chat/records.ts';
import { Counters } from '../metrics/counters.ts';
import type { Journal } from './kept.ts';

/** How often, in ms, it is tried whether the journal takes records again. */
const RETRY_MS = 1000;

export class OutputCommit {
  readonly #journal: Pick<Journal, 'keep'>;
  readonly #release: (effect: Effect) => void;
  readonly #instead: (command: Command) => void;
  readonly #onTrouble: (error: unknown) => void;
  readonly #counters: Counters;
  #gathered: Outcome[] = [];
  #committing = false;
  /** Records of members that could not be kept yet. */
  #overdue: JournalRecord[] = [];
  /** When to try again, after a failure. */
  #tryAt: number | undefined;

  /** `instead` puts a command in the log; `onTrouble` is told of a first failure, and with `undefined` when it is over. */
  constructor(
    journal: Pick<Journal, 'keep'>,
    release: (effect: Effect) => void,
    instead: (command: Command) => void,
    onTrouble: (error: unknown) => void,
    counters = new Counters(),
  ) {
    this.#journal = journal;
    this.#release = release;
    this.#instead = instead;
    this.#onTrouble = onTrouble;
    this.#counters = counters;
  }

  /** Whether the last commit failed: no message is taken but one a second. */
  get troubled(): boolean {
    return this.#tryAt !== undefined;
  }

  /** How many commands wait for the next commit to begin. */
  get waiting(): number {
    return this.#gathered.length;
  }

  /** Takes what a command came to; its effects are let out now, or when the journal has what they tell of. */
  add(outcome: Outcome): void {
    if (this.#committing) {
      this.#gathered.push(outcome);
      return;
    }
    const durable = outcome.records.length === 0 ? undefined : this.#keep([outcome]);
    if (durable) void this.#commit(durable, [outcome]);
    else this.#letOut([outcome]);
  }

  /** Resolves when all that was added is let out. */
  async settled(): Promise<void> {
    while (this.#committing) await new Promise((resolve) => setImmediate(resolve));
  }

  async #commit(first: Promise<void>, outcomes: readonly Outcome[]): Promise<void> {
    this.#committing = true;
    await this.#settle(first, outcomes);
    while (this.#gathered.length > 0) {
      const gathered = this.#gathered;
      this.#gathered = [];
      await this.#settle(this.#keep(gathered), gathered);
    }
    this.#committing = false;
  }

  #keep(outcomes: readonly Outcome[]): Promise<void> | undefined {
    const [first] = outcomes;
    const alone = outcomes.length === 1 && this.#overdue.length === 0 && first;
    const records = alone ? alone.records : [...this.#overdue, ...outcomes.flatMap(({ records }) => records)];
    if (records.length === 0) return undefined;
    if (this.#tryAt !== undefined && performance.now() < this.#tryAt) return Promise.reject(new NotTried());
    const durable = this.#journal.keep(records);
    if (durable) this.#counters.measures.commitRecords.observe(records.length);
    return durable;
  }

  async #settle(durable: Promise<void> | undefined, outcomes: readonly Outcome[]): Promise<void> {
    if (durable === undefined) return this.#letOut(outcomes);
    const begun = performance.now();
    try {
      await durable;
      this.#counters.measures.commitSeconds.observe((performance.now() - begun) / 1000);
    } catch (error) {
      if (!(error instanceof NotTried)) {
        this.#counters.commitFailures++;
        if (this.#tryAt === undefined) this.#onTrouble(error);
        this.#tryAt = performance.now() + RETRY_MS;
      }
      return this.#failed(outcomes);
    }
    if (this.#tryAt !== undefined) {
      this.#tryAt = undefined;
      this.#onTrouble(undefined);
    }
    this.#overdue = [];
    this.#letOut(outcomes);
  }

  #failed(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      if (outcome.otherwise) this.#instead(outcome.otherwise);
      else {
        this.#overdue.push(...outcome.records);
        this.#letOut([outcome]);
      }
    }
  }

  #letOut(outcomes: readonly Outcome[]): void {
    for (const { effects } of outcomes) for (const effect of effects) this.#release(effect);
  }
}

/** It failed a moment ago: this was not even tried. */
class NotTried extends Error {}
