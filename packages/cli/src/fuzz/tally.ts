/** What a run has come to so far: how much of which kind was said, and what went wrong. */

/** The kinds of input. Each line, frame, header, request or stream counts as one. */
export const KINDS = [
  'lines of the grammar',
  'lines mutated',
  'WebSocket frames',
  'WebSocket frames broken',
  'WebSocket upgrades',
  'TLS streams',
  'PROXY preambles',
  'HTTP requests',
  'bare connections',
] as const;

export type Kind = (typeof KINDS)[number];

export class Tally {
  readonly counts: Record<Kind, number>;
  /** What must not be and was, the first first. */
  readonly wrong: string[] = [];
  /** All inputs so far. */
  inputs = 0;
  sessions = 0;
  /** Lines that were read by the connections that fuzz, each checked. */
  read = 0;

  constructor() {
    this.counts = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
  }

  count(kind: Kind, times = 1): void {
    this.counts[kind] += times;
    this.inputs += times;
  }

  /** Something is as it must not be. The run ends. */
  report(what: string): void {
    // What follows from the first ones tells nothing.
    if (this.wrong.length < 10) this.wrong.push(what);
  }

  /** Throws if anything was reported. */
  check(seed: number): void {
    if (this.wrong.length > 0) throw new Error(`seed ${seed}: ${this.wrong.join('\n')}`);
  }
}
