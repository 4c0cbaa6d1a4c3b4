import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Problem } from '../model/app.ts';
import { useView } from '../ui/view.ts';
import { Dialog } from './dialog.tsx';
import { usePhrases } from './phrases.ts';

export function RenameDialog(): JSX.Element {
  const { app, dialog, words } = useView();
  const t = words.value;
  const more = usePhrases().rename;
  const name = useSignal(app.me.value);
  const problem = useSignal<Problem | undefined>(undefined);
  const save = async (): Promise<void> => {
    problem.value = await app.rename(name.value);
    if (!problem.value) dialog.value = undefined;
  };
  return (
    <Dialog name="rename" title={more.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <label for="new-name">{more.name}</label>
        <div class="field-row">
          <input
            id="new-name"
            dir="auto"
            autoComplete="off"
            autoCapitalize="none"
            spellcheck={false}
            aria-describedby="new-name-note"
            value={name.value}
            onInput={(event) => {
              name.value = event.currentTarget.value;
              problem.value = undefined;
            }}
          />
          <button type="submit" class="primary">
            {more.save}
          </button>
        </div>
        <p id="new-name-note" class={problem.value ? 'note problem' : 'note'} aria-live="polite">
          {problem.value ? t.problems[problem.value.what](problem.value.about ?? '') : t.entry.hint}
        </p>
      </form>
    </Dialog>
  );
}
