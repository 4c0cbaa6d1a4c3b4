/**
 * Output commit: effects are let out in order, and only once the records made with them and before them are durable. While one
 * commit is under way the next batch gathers, so that all that came meanwhile share the cost of the next one (group commit). Where too much
 * gathers, those who speak have to wait.
 *
 * If a commit fails (the disk is full), nothing that it was to keep is acknowledged: each message in it is unsaid instead, and so are
 * those that follow, until the journal takes records again, which is tried once a second. What happened to members goes on all the same, and
 * is kept with the first commit that succeeds.
 */
import { performance } from 'node:perf_hooks';
import type { Command, Identity, MessageId } from '../chat/commands.ts';
import type { Effect, Outcome } from '../chat/effects.ts';
import type { JournalRecord } from '../chat/records.ts';
import { Counters } from '../metrics/counters.ts';
import type { Journal } from './kept.ts';
import { Overdue } from './overdue.ts';

/** How often, in ms, it is tried whether the journal takes records again. */
const RETRY_MS = 1000;

/** A pause between commits is a silence if it has lasted this many times as long as the commit before it. */
const SILENCE = 4;

/** As many records are kept in half a ms or less: for more at once nobody waits. */
const QUICK_RECORDS = 32;

/** Where more effects than this wait for the journal, those who speak wait too: some 8,000 messages, of 4 KiB each at most. */
const BEHIND_EFFECTS = 16_384;

export class OutputCommit {
  readonly #journal: Pick<Journal, 'keep'>;
  readonly #release: (effect: Effect) => void;
  readonly #instead: (command: Command) => void;
  readonly #onTrouble: (error: unknown) => void;
  readonly #onBehind: (behind: boolean) => void;
  readonly #counters: Counters;
  #gathered: Outcome[] = [];
  /** How many outcomes were added, how many of them are let out or over, and how many effects those have that are not. */
  #added = 0;
  #done = 0;
  #waitingEffects = 0;
  #behind = false;
  /** Whether what is added has to wait: for a commit that is under way, or for one that is about to begin. */
  #busy = false;
  #lettingOut = false;
  /** Commits under way: one, and at times another behind it. And how much they have to keep. */
  #underWay = 0;
  #recordsUnderWay = 0;
  /** Begins a commit at the end of this turn of the event loop, with all that comes in it. */
  #soon: NodeJS.Immediate | undefined;
  /** When the last commit ended, and how long it took: in ms. */
  #ended = 0;
  #took = 0;
  /** What could not be kept yet. */
  readonly #overdue = new Overdue();
  /** Messages that could not be kept and may be taken for said by what was applied before they were unsaid. */
  readonly #unsaid = new Set<MessageId>();
  /** Tries again, after a failure. */
  #retry: NodeJS.Timeout | undefined;

  /**
   * `instead` puts a command in the log; `onTrouble` is told of a first failure, and with `undefined` when it is over; `onBehind` that nothing more
   * should be heard for now, and that it may be.
   */
  constructor(
    journal: Pick<Journal, 'keep'>,
    release: (effect: Effect) => void,
    instead: (command: Command) => void,
    onTrouble: (error: unknown) => void,
    counters = new Counters(),
    onBehind: (behind: boolean) => void = () => {},
  ) {
    this.#journal = journal;
    this.#release = release;
    this.#instead = instead;
    this.#onTrouble = onTrouble;
    this.#onBehind = onBehind;
    this.#counters = counters;
  }

  /** Whether the last commit failed: no message is taken. */
  get troubled(): boolean {
    return this.#retry !== undefined;
  }

  /** Whether a server that starts again will know this member, who may come back. */
  isKept(identity: Identity): boolean {
    return !this.#overdue.hasEntered(identity);
  }

  /** How many commands wait for the next commit to begin. */
  get waiting(): number {
    return this.#gathered.length;
  }

  /** Takes what a command came to; its effects are let out now, or when the journal has what they tell of. */
  add(outcome: Outcome): void {
    this.#added++;
    this.#waitingEffects += weightOf(outcome);
    if (!this.#busy && outcome.records.length === 0) {
      this.#letOut([outcome]);
      return;
    }
    this.#gathered.push(outcome);
    if (!this.#behind) this.#weigh(); // That it is no longer is told when nothing is in the middle of being let out.
    if (this.#busy) return;
    this.#busy = true;
    if (performance.now() - this.#ended >= SILENCE * this.#took) this.#begin(1);
    else this.#soon = setImmediate(this.#beginSoon);
  }

  /**
   * Something is about to keep this thread busy: the journal is to go on meanwhile, with all that has gathered, behind the commit that is under way. `wait`
   * is called if what is under way is soon kept, and may have the journal say what has become of it.
   */
  goOn(wait: () => void = () => {}): void {
    // What is let out may itself cause a flush: what comes after it must not overtake the rest of it.
    if (!this.#busy || this.#lettingOut) return;
    this.#begin(2);
    if (this.#underWay > 0 && this.#recordsUnderWay <= QUICK_RECORDS) wait();
  }

  /** Resolves when all that has been added so far is let out. */
  async settled(): Promise<void> {
    const added = this.#added;
    await turnsUntil(() => this.#done >= added);
  }

  /** Nothing more is added: resolves when all is let out, and what could not be kept has been tried once more. */
  async finish(): Promise<void> {
    await this.settled();
    this.#tryAgain();
    await turnsUntil(() => !this.#busy);
    clearTimeout(this.#retry);
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
    // Last, since whoever is heard again may add to it.
    if (this.#behind) this.#weigh();
  }

  #commit(outcomes: readonly Outcome[]): void {
    if (this.troubled) {
      this.#failed(outcomes);
      return;
    }
    const [first] = outcomes;
    const alone = outcomes.length === 1 && first;
    if (!this.#keep(outcomes, alone ? alone.records : outcomes.flatMap(({ records }) => records)))
      this.#letOut(outcomes);
  }

  /** Whether the journal says later what has become of it. */
  #keep(outcomes: readonly Outcome[], records: readonly JournalRecord[]): boolean {
    const begun = performance.now();
    const waits =
      records.length > 0 &&
      this.#journal.keep(records, (error) => {
        this.#ended = performance.now();
        this.#took = this.#ended - begun;
        this.#settle(outcomes, error);
        this.#underWay--;
        this.#recordsUnderWay -= records.length;
        this.#begin(1);
      });
    if (!waits) return false;
    this.#underWay++;
    this.#recordsUnderWay += records.length;
    this.#counters.measures.commitRecords.observe(records.length);
    return true;
  }

  // What is under way says itself when to try again. What comes meanwhile gathers.
  #tryAgain(): void {
    if (this.troubled && this.#underWay === 0) this.#busy = this.#keep([], [...this.#overdue.all()]);
  }

  #settle(outcomes: readonly Outcome[], error: Error | undefined): void {
    if (error) {
      this.#counters.commitFailures++;
      if (!this.troubled) this.#onTrouble(error);
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#tryAgain(), RETRY_MS).unref();
      this.#failed(outcomes);
      return;
    }
    this.#counters.measures.commitSeconds.observe(this.#took / 1000);
    if (this.troubled) {
      clearTimeout(this.#retry);
      this.#retry = undefined;
      this.#overdue.clear();
      this.#onTrouble(undefined);
    }
    this.#letOut(outcomes);
  }

  #failed(outcomes: readonly Outcome[]): void {
    this.#each(outcomes, this.#giveUp);
  }

  #letOut(outcomes: readonly Outcome[]): void {
    this.#each(outcomes, this.#tell);
  }

  #each(outcomes: readonly Outcome[], deal: (outcome: Outcome) => void): void {
    const outer = this.#lettingOut;
    this.#lettingOut = true;
    for (const outcome of outcomes) deal(outcome);
    this.#lettingOut = outer;
  }

  readonly #giveUp = (outcome: Outcome): void => {
    const { records, otherwise } = outcome;
    this.#overdue.add(records);
    if (otherwise && records.length > 0) {
      if (otherwise.type === 'unsay') this.#unsaid.add(otherwise.message);
      this.#over(outcome);
      this.#instead(otherwise);
    } else this.#tell(outcome);
  };

  readonly #tell = (outcome: Outcome): void => {
    this.#over(outcome);
    if (this.#unsaid.size > 0) {
      const { repeats, unsays, otherwise } = outcome;
      if (unsays !== undefined) this.#unsaid.delete(unsays);
      if (repeats !== undefined && this.#unsaid.has(repeats)) {
        if (otherwise) this.#instead(otherwise);
        return;
      }
    }
    for (const effect of outcome.effects) this.#release(effect);
  };

  #over(outcome: Outcome): void {
    this.#done++;
    this.#waitingEffects -= weightOf(outcome);
  }

  #weigh(): void {
    const behind = this.#waitingEffects > BEHIND_EFFECTS;
    if (behind === this.#behind) return;
    this.#behind = behind;
    this.#onBehind(behind);
  }
}

/** How many effects it has; a list, which is the only one then, counts as its lines do. */
function weightOf({ effects }: Outcome): number {
  const first = effects[0]; // Twice for each message: taken apart as an array is, it would cost a twentieth of all.
  return first?.type === 'list' ? first.lines.length : effects.length;
}

async function turnsUntil(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
