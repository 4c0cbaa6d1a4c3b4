/** The form for the name. */
import { computed, signal } from '@preact/signals';
import type { Entry, Problem } from './app.ts';
import { nameProblem } from './names.ts';

/** `enter`: enters under a name, and resolves to what went wrong. */
export function entryForm(
  name: string,
  enter: (name: string) => Promise<Problem | undefined>,
): Entry & { fail(problem: Problem | undefined): void } {
  const typed = signal(name);
  /** What came of the last attempt, for as long as the name stays the same. */
  const failed = signal<{ readonly typed: string; readonly problem: Problem } | undefined>(undefined);
  const fail = (problem: Problem | undefined): void => {
    failed.value = problem && { typed: typed.value, problem };
  };
  return {
    name: typed,
    problem: computed(() => {
      if (failed.value?.typed === typed.value) return failed.value.problem;
      // Nobody is told off for not having begun.
      return typed.value === '' ? undefined : nameProblem(typed.value);
    }),
    async enter() {
      const problem = nameProblem(typed.value);
      fail(problem);
      if (!problem) fail(await enter(typed.value.trim()));
    },
    fail,
  };
}
