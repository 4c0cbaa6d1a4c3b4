import type { Scene } from './scene.ts';
import type { Entry } from './transcript.ts';

/**
 * `must`: a rule of the founding page. `palabre`: what Palabre decided where the page is silent; a server may differ
 * and still speak the nine words.
 */
export type Level = 'must' | 'palabre';

/**
 * `holds`; `fails` (a must does not hold); `differs` (a rule of Palabre does not hold); `unchecked` (the kit could not
 * get far enough to judge); `skipped` (the rule does not concern this server, and `reason` says why).
 */
export type Result = 'holds' | 'fails' | 'differs' | 'unchecked' | 'skipped';

/** One rule put to the test. `run` returns if the rule holds and throws one of the four classes below if not. */
export type Check = {
  /** The rule's number in docs/protocol.md; 1.0 is the framing of lines. */
  readonly rule: string;
  readonly level: Level;
  readonly title: string;
  run(scene: Scene): Promise<void>;
};

export type Outcome = {
  readonly rule: string;
  readonly level: Level;
  readonly title: string;
  readonly result: Result;
  /** With `fails` and `differs`: what should have come, and what came. */
  readonly expected?: string;
  readonly came?: string;
  /** With `unchecked` and `skipped`. */
  readonly reason?: string;
  readonly exchange: readonly Entry[];
  readonly ms: number;
};

/** The rule does not hold. */
export class Failure extends Error {
  readonly expected: string;
  readonly came: string;
  constructor(expected: string, came: string) {
    super(`expected ${expected}, came ${came}`);
    this.expected = expected;
    this.came = came;
  }
}

/** The rule could not be judged, because something that it rests on did not happen. */
export class Unchecked extends Error {}

/** Like {@link Unchecked}: the server can't be reached or says nothing at all. Twice in a row ends the run. */
export class Unreachable extends Unchecked {}

/** Nobody listens there: there is nothing to judge. */
export class NoServer extends Error {}

/** The rule does not concern this server. */
export class Skipped extends Error {}

/** A server of the nine words passes when every must holds. One that could not be judged does not. */
export function speaksNineWords(outcomes: readonly Outcome[]): boolean {
  return outcomes.every(
    ({ level, result }) => level !== 'must' || (result !== 'fails' && result !== 'unchecked'),
  );
}
