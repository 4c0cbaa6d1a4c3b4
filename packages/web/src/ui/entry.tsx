/** Before one is in: the tree, and the form for the name. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import scene from '../assets/scene.svg?no-inline';
import { useView } from './view.ts';

export function EntryPage(): JSX.Element {
  const { app, words } = useView();
  const t = words.value;
  const { entry } = app;
  const busy = app.stage.value === 'entering';
  const problem = entry.problem.value;
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => input.current?.focus(), []);

  return (
    <main class="entry">
      <img class="scene" src={scene} alt="" width="360" height="230" />
      <div class="entry-card">
        <h1>Palabre</h1>
        <p class="tagline">{t.entry.tagline}</p>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (app.stage.peek() === 'entry') void entry.enter();
            input.current?.focus();
          }}
        >
          <label for="name">{t.entry.name}</label>
          <div class="field-row">
            <input
              id="name"
              ref={input}
              dir="auto"
              autoComplete="nickname"
              autoCapitalize="none"
              spellcheck={false}
              readOnly={busy}
              aria-invalid={problem !== undefined}
              aria-describedby="name-note"
              value={entry.name.value}
              onInput={(event) => {
                entry.name.value = event.currentTarget.value;
              }}
            />
            <button type="submit" class="primary" aria-disabled={busy}>
              {busy ? t.entry.entering : t.entry.enter}
            </button>
          </div>
          <p id="name-note" class={problem ? 'note problem' : 'note'} aria-live="polite">
            {problem ? t.problems[problem.what](problem.about ?? '') : t.entry.hint}
          </p>
        </form>
      </div>
    </main>
  );
}
