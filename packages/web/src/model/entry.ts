/** The form for the name, and for the key where the server asks for one. */
import { computed, signal } from '@preact/signals';
import type { Entry, Problem } from './app.ts';
import type { Invitation } from './invitation.ts';
import { nameProblem } from './names.ts';

export interface EntryOptions {
  /** To begin with. */
  readonly name: string;
  /** What one was invited with: serves as the key for as long as none is typed. */
  readonly invitation: Invitation | undefined;
  /** Enters under a name, and resolves to what went wrong. */
  readonly enter: (name: string, key: string | undefined) => Promise<Problem | undefined>;
}

export function entryForm(options: EntryOptions): Entry & { fail(problem: Problem | undefined): void } {
  const name = signal(options.name);
  const key = signal<string | undefined>(undefined);
  let invited = options.invitation?.key;
  /** What came of the last attempt, for as long as nothing else is typed. */
  const failed = signal<
    { readonly name: string; readonly key: string | undefined; readonly problem: Problem } | undefined
  >(undefined);
  const fail = (problem: Problem | undefined): void => {
    if (problem?.what === 'key-needed') key.value ??= '';
    failed.value = problem && { name: name.value, key: key.value, problem };
  };
  if (options.invitation?.ended) fail({ what: 'invitation-ended' });
  return {
    name,
    key,
    problem: computed(() => {
      if (failed.value?.name === name.value && failed.value.key === key.value) return failed.value.problem;
      // Nobody is told off for not having begun.
      return name.value === '' ? undefined : nameProblem(name.value);
    }),
    async enter() {
      const given = key.value || invited;
      const wrong = nameProblem(name.value);
      fail(wrong);
      if (wrong) return;
      const problem = await options.enter(name.value.trim(), given);
      fail(problem);
      if (problem?.what === 'key-needed' && given !== undefined) {
        fail({ what: given === invited ? 'invitation-ended' : 'key-wrong' });
        if (given === invited) invited = undefined;
      }
      // It is not shown to whoever sits here when one has left.
      if (!problem && key.value) key.value = '';
    },
    fail,
  };
}
