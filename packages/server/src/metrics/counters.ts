/**
 * What is counted while the server runs, whether or not anybody asks (metrics.ts tells it to Prometheus). Plain fields, incremented where it
 * happens: a line costs an addition. What takes longer to measure is measured once for each flush, each commit, each question.
 */
import type { Why } from '@palabre/protocol';

/** Takes one measured value, as a histogram of prom-client's does. */
export interface Measure {
  observe(value: number): void;
}

/** What is measured where it happens. Times are in seconds. */
export interface Measures {
  /** One flush, from its first write to its last. */
  readonly flushSeconds: Measure;
  /** Bytes gathered for all audiences by then; each of their connections gets its audience's. */
  readonly flushBytes: Measure;
  /** From when the journal was asked to keep records until they were durable. */
  readonly commitSeconds: Measure;
  /** Records that shared a commit. */
  readonly commitRecords: Measure;
  /** A reading of the journal, from when it was asked for until the lines were there: `HST`, and what somebody missed. */
  readonly historySeconds: Measure;
  readonly replaySeconds: Measure;
}

export const UNMEASURED: Measure = { observe() {} };

const NOTHING_MEASURED: Measures = {
  flushSeconds: UNMEASURED,
  flushBytes: UNMEASURED,
  commitSeconds: UNMEASURED,
  commitRecords: UNMEASURED,
  historySeconds: UNMEASURED,
  replaySeconds: UNMEASURED,
};

/** How often each of a few things has happened. Those that are known from the start are told as 0 until they do. */
export class Tally<Key extends string> implements Iterable<[Key, number]> {
  readonly #counts: Map<Key, number>;

  constructor(known: readonly Key[]) {
    this.#counts = new Map(known.map((key) => [key, 0]));
  }

  add(key: Key, times = 1): void {
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + times);
  }

  [Symbol.iterator](): Iterator<[Key, number]> {
    return this.#counts.entries();
  }
}

/** How a connection ended: it said `BYE`, it was lost, it did not read, it said nothing (4.1), or the server closed it for another reason. */
type Ending = 'bye' | 'lost' | 'slow' | 'idle' | 'closed';

/** Why a connection was not taken: too many in all, too many from its address (4.4), or a page of another site (4.5). */
type NotTaken = 'full' | 'address' | 'pace' | 'origin';

const REFUSALS: readonly Why[] = [
  ...(['name', 'taken', 'nobody', 'empty', 'word', 'long', 'text', 'tags', 'room'] as const),
  ...(['key', 'banned', 'full'] as const),
];

export class Counters {
  readonly measures: Measures;
  readonly opened = new Tally<'tcp' | 'tls' | 'http'>(['tcp', 'tls', 'http']);
  readonly closed = new Tally<Ending>(['bye', 'lost', 'slow', 'idle', 'closed']);
  readonly notTaken = new Tally<NotTaken>(['full', 'address', 'pace', 'origin']);
  /** By the `why` of the `ERR` or `TKN` that answered (3.5). */
  readonly refusals = new Tally<Why>(REFUSALS);
  membersEntered = 0;
  membersResumed = 0;
  /** By the `why` of the `LFT`. */
  readonly membersLeft = new Tally<Why>(['bye', 'lost', 'slow', 'idle', 'kicked']);
  bytesRead = 0;
  linesHeard = 0;
  /** Lines for everybody in a room. */
  broadcasts = 0;
  /** Lines for connections: a broadcast counts once for each that it is for. */
  deliveries = 0;
  /** How often those who speak have had to wait for those who listen (4.3). */
  pauses = 0;
  commitFailures = 0;
  /** Readings of the journal that failed. */
  historyFailures = 0;

  constructor(measures = NOTHING_MEASURED) {
    this.measures = measures;
  }
}
