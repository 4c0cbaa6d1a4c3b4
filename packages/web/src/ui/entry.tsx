/** Before one is in: the tree, and the form for the name. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import scene from '../assets/scene.svg?no-inline';
import type { Problem } from '../model/app.ts';
import { useView } from './view.ts';

export function EntryPage(): JSX.Element {
  const { app, words } = useView();
  const t = words.value;
  const { entry } = app;
  const busy = app.stage.value === 'entering';
  const problem = entry.problem.value;
  const key = entry.key.value;
  const aboutKey = isAboutKey(problem);
  const nameInput = useRef<HTMLInputElement>(null);
  const keyInput = useRef<HTMLInputElement>(null);
  const focus = (): void => {
    const wrong = entry.problem.peek();
    const input = wrong && !isAboutKey(wrong) ? nameInput : keyInput;
    (input.current ?? nameInput.current)?.focus();
  };

  // To begin with, and where one could not enter: what is to be typed is where one types.
  useEffect(() => {
    if (!busy) focus();
  }, [busy]);

  const button = (
    <button type="submit" class="primary" aria-disabled={busy}>
      {busy ? t.entry.entering : t.entry.enter}
    </button>
  );

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
            focus();
          }}
        >
          <label for="name">{t.entry.name}</label>
          <div class="field-row">
            <input
              id="name"
              ref={nameInput}
              dir="auto"
              autoComplete="nickname"
              autoCapitalize="none"
              spellcheck={false}
              readOnly={busy}
              aria-invalid={problem !== undefined && !aboutKey}
              aria-describedby="name-note"
              value={entry.name.value}
              onInput={(event) => {
                entry.name.value = event.currentTarget.value;
              }}
            />
            {key === undefined && button}
          </div>
          {key !== undefined && (
            <>
              <label for="key">{t.entry.key}</label>
              <div class="field-row">
                <input
                  id="key"
                  ref={keyInput}
                  type="password"
                  autoComplete="current-password"
                  maxLength={400}
                  readOnly={busy}
                  aria-invalid={problem?.what === 'key-wrong'}
                  aria-describedby="name-note"
                  value={key}
                  onInput={(event) => {
                    entry.key.value = event.currentTarget.value;
                  }}
                />
                {button}
              </div>
            </>
          )}
          <p
            id="name-note"
            class={problem && problem.what !== 'key-needed' ? 'note problem' : 'note'}
            aria-live="polite"
          >
            {problem ? t.problems[problem.what](problem.about ?? '') : t.entry.hint}
          </p>
        </form>
      </div>
    </main>
  );
}

function isAboutKey(problem: Problem | undefined): boolean {
  return problem?.what === 'key-needed' || problem?.what === 'key-wrong';
}
