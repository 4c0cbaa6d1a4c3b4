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

/** A pause between commits is a silence if it has lasted this many times as long as the commit before it. */
const SILENCE = 4;

export class OutputCommit {
  readonly #journal: Pick<Journal, 'keep'>;
  readonly #release: (effect: Effect) => void;
  readonly #instead: (command: Command) => void;
  readonly #onTrouble: (error: unknown) => void;
  readonly #counters: Counters;
  #gathered: Outcome[] = [];
  /** Whether what is added has to wait: for a commit that is under way, or for one that is about to begin. */
  #busy = false;
  #lettingOut = false;
  /** Commits under way: one, and at times another behind it. */
  #underWay = 0;
  /** Begins a commit at the end of this turn of the event loop, with all that comes in it. */
  #soon: NodeJS.Immediate | undefined;
  /** When the last commit ended, and how long it took, in ms. */
  #ended = 0;
  #took = 0;
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
    if (!this.#busy && outcome.records.length === 0) {
      this.#letOut([outcome]);
      return;
    }
    this.#gathered.push(outcome);
    if (this.#busy) return;
    this.#busy = true;
    if (performance.now() - this.#ended >= SILENCE * this.#took) this.#begin(1);
    else this.#soon = setImmediate(this.#beginSoon);
  }

  /** Something is about to keep this thread busy: the journal is to go on meanwhile, with all that has gathered, behind the commit that is under way. */
  goOn(): void {
    // What is let out may itself cause a flush: what comes after it must not overtake the rest of it.
    if (this.#busy && !this.#lettingOut) this.#begin(2);
  }

  /** Resolves when all that was added is let out. */
  async settled(): Promise<void> {
    while (this.#busy) await new Promise((resolve) => setImmediate(resolve));
  }

  readonly #beginSoon = (): void => this.#begin(1);

  // As long as fewer than `most` are under way.
  #begin(most: number): void {
    clearImmediate(this.#soon);
    this.#soon = undefined;
    while (this.#underWay < most && this.#gathered.length > 0) {
      // What may fail, or has nothing to keep, is not sent after what is under way.
      if (this.#underWay > 0 && (this.troubled || !this.#gathered.some(({ records }) => records.length > 0)))
        break;
      const outcomes = this.#gathered;
      this.#gathered = [];
      this.#commit(outcomes);
    }
    this.#busy = this.#underWay > 0;
  }

  #commit(outcomes: readonly Outcome[]): void {
    const [first] = outcomes;
    const alone = outcomes.length === 1 && this.#overdue.length === 0 && first;
    const records = alone ? alone.records : [...this.#overdue, ...outcomes.flatMap(({ records }) => records)];
    if (records.length > 0 && this.#tryAt !== undefined && performance.now() < this.#tryAt) {
      this.#failed(outcomes);
      return;
    }
    const begun = performance.now();
    const waits =
      records.length > 0 &&
      this.#journal.keep(records, (error) => {
        this.#ended = performance.now();
        this.#took = this.#ended - begun;
        this.#settle(outcomes, error);
        this.#underWay--;
        this.#begin(1);
      });
    if (!waits) {
      this.#letOut(outcomes);
      return;
    }
    this.#underWay++;
    this.#counters.measures.commitRecords.observe(records.length);
  }

  #settle(outcomes: readonly Outcome[], error: Error | undefined): void {
    if (error) {
      this.#counters.commitFailures++;
      if (this.#tryAt === undefined) this.#onTrouble(error);
      this.#tryAt = performance.now() + RETRY_MS;
      this.#failed(outcomes);
      return;
    }
    this.#counters.measures.commitSeconds.observe(this.#took / 1000);
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
    this.#lettingOut = true;
    for (const { effects } of outcomes) for (const effect of effects) this.#release(effect);
    this.#lettingOut = false;
  }
}
