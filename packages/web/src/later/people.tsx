/** Who is in the conversation, in the order in which they came. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Leaf, Name } from '../ui/name.tsx';
import { useView } from '../ui/view.ts';
import { usePhrases } from './phrases.ts';

/** With more people than that there is a field to find one, and only so many are in the document. */
const MOST_SHOWN = 200;

export function PeoplePanel(): JSX.Element {
  const { app, words } = useView();
  const t = usePhrases().people;
  const wanted = useSignal('');
  const members = app.current.value.members.value;
  const needle = wanted.value.trim().toLowerCase();
  const found = needle === '' ? members : members.filter((name) => name.toLowerCase().includes(needle));
  const shown = found.slice(0, MOST_SHOWN);
  return (
    <div class="panel-body">
      {members.length > 8 && (
        <input
          class="filter"
          type="search"
          aria-label={t.filter}
          placeholder={t.filter}
          value={wanted.value}
          onInput={(event) => {
            wanted.value = event.currentTarget.value;
          }}
        />
      )}
      <ul class="people">
        {shown.map((name) => (
          <Person key={name} name={name} />
        ))}
      </ul>
      {found.length === 0 && <p class="muted">{t.none}</p>}
      {found.length > shown.length && (
        <p class="muted">{words.value.notice.others(found.length - shown.length)}</p>
      )}
    </div>
  );
}

function Person({ name }: { readonly name: string }): JSX.Element {
  const { app, talkTo, words } = useView();
  if (name === app.me.value) {
    return (
      <li class="person">
        <Leaf name={name} />
        <Name name={name} /> <span class="muted">{words.value.yourself}</span>
      </li>
    );
  }
  return (
    <li>
      <button
        type="button"
        class="person"
        title={words.value.message.talkTo(name)}
        onClick={() => talkTo(name)}
      >
        <Leaf name={name} />
        <Name name={name} />
      </button>
    </li>
  );
}
