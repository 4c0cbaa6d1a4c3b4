import { type Level, type Outcome, type Result, speaksNineWords } from './check.ts';
import { count, type Report } from './report.ts';

/**
 * The one document that `--format json` prints. Fields may be added; none changes its meaning or goes away without a
 * new `version`.
 */
export type Document = {
  readonly kit: 'palabre check';
  readonly version: 1;
  /** As given on the command line. */
  readonly address: string;
  /** The deadline for one expected line, ms. */
  readonly timeoutMs: number;
  /** Every must holds: exit status 0. */
  readonly ok: boolean;
  readonly counts: Readonly<Record<Level, Record<Result, number>>>;
  /**
   * In the order of their rules. `expected` and `came` are there with `fails` and `differs`, `reason` with `unchecked`
   * and `skipped`; `exchange` has what was said (`says`), what came (`gets`) and what happened (`does`), by
   * connection (A, B, …), shortened and with control characters escaped; `ms` is how long the check took.
   */
  readonly checks: readonly Outcome[];
};

export function jsonReport(address: string, timeoutMs: number): Report {
  return {
    begin: () => '',
    outcome: () => '',
    end(outcomes) {
      const document: Document = {
        kit: 'palabre check',
        version: 1,
        address,
        timeoutMs,
        ok: speaksNineWords(outcomes),
        counts: { must: count(outcomes, 'must'), palabre: count(outcomes, 'palabre') },
        checks: outcomes.map((outcome) => ({ ...outcome, ms: Math.round(outcome.ms * 10) / 10 })),
      };
      return `${JSON.stringify(document, null, 2)}\n`;
    },
  };
}
