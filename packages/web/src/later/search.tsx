/** What was said, by its words. */
import type { JSX } from 'preact';
import { useView } from '../ui/view.ts';
import { FoundLine } from './found.tsx';
import { usePhrases } from './phrases.ts';

export function SearchPanel(): JSX.Element {
  const { app } = useView();
  const t = usePhrases().search;
  const { search } = app;
  const results = search.results.value;
  const state = search.state.value;
  return (
    <div class="panel-body">
      <search>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void search.run();
          }}
        >
          <label class="hidden" for="search-words">
            {t.label}
          </label>
          <div class="field-row">
            <input
              id="search-words"
              type="search"
              dir="auto"
              placeholder={t.label}
              value={search.query.value}
              onInput={({ currentTarget: { value } }) => {
                search.query.value = value;
                if (value === '') search.clear();
              }}
            />
            <button type="submit" class="primary">
              {t.go}
            </button>
          </div>
        </form>
      </search>
      <p class="muted" role="status">
        {state === 'idle' && t.hint}
        {state === 'searching' && t.searching}
        {state === 'failed' && t.failed}
        {state === 'done' && (results.length === 0 ? t.none : t.found(results.length))}
      </p>
      <ol class="found-list">
        {results.map(({ message, before, after }) => (
          <li key={message.key}>
            <FoundLine message={message} before={before} after={after} />
          </li>
        ))}
      </ol>
      {search.more.value && state === 'done' && (
        <button type="button" class="small" onClick={() => void search.runMore()}>
          {t.more}
        </button>
      )}
    </div>
  );
}
