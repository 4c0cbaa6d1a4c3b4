import type { Level, Outcome, Result } from './check.ts';

/** What is printed piece by piece: before the first outcome, for each as it comes, and after the last. */
export type Report = {
  begin(checks: number): string;
  outcome(outcome: Outcome): string;
  end(outcomes: readonly Outcome[]): string;
};

/** How many outcomes of this level have each result. */
export function count(outcomes: readonly Outcome[], level: Level): Record<Result, number> {
  const counts: Record<Result, number> = { holds: 0, fails: 0, differs: 0, unchecked: 0, skipped: 0 };
  for (const outcome of outcomes) if (outcome.level === level) counts[outcome.result]++;
  return counts;
}
