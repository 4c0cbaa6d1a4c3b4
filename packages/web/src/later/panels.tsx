/** Beside the talk: who is here, the search, the mentions. On a narrow screen over it. */
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { useFocusWanted } from '../ui/focus.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { coarsePointer } from '../ui/pointer.ts';
import { useView } from '../ui/view.ts';
import { MentionsPanel } from './mentions.tsx';
import { PeoplePanel } from './people.tsx';
import { usePhrases } from './phrases.ts';
import { SearchPanel } from './search.tsx';

export function Panels(): JSX.Element | null {
  const { panel } = useView();
  const t = usePhrases();
  switch (panel.value) {
    case 'people':
      return <Panel key="people" title={t.people.title} body={<PeoplePanel />} />;
    case 'search':
      return <Panel key="search" title={t.search.title} body={<SearchPanel />} />;
    case 'mentions':
      return <Panel key="mentions" title={t.mentions.title} body={<MentionsPanel />} />;
    case undefined:
      return null;
    default:
      return panel.value satisfies never;
  }
}

interface PanelProps {
  readonly title: string;
  readonly body: ComponentChildren;
}

function Panel({ title, body }: PanelProps): JSX.Element {
  const { closePanel, panelShown, words } = useView();
  const aside = useRef<HTMLElement>(null);

  useLayoutEffect(() => {
    panelShown.value = true;
    return () => {
      panelShown.value = false;
    };
  }, []);

  // To the words to be searched for. To a field that only narrows down a list if no keyboard comes up for it over half of the list. Else to the title.
  useFocusWanted('panel', () => {
    const heading = aside.current?.querySelector('h2');
    const field = aside.current?.querySelector<HTMLElement>(coarsePointer() ? 'form input' : 'input');
    (field ?? heading)?.focus();
  });

  return (
    <aside
      class="panel"
      aria-label={title}
      ref={aside}
      onKeyDown={(event) => {
        if (event.key === 'Escape') closePanel();
      }}
    >
      <header>
        <h2 tabIndex={-1}>{title}</h2>
        <IconButton icon="close" label={words.value.close} onClick={closePanel} />
      </header>
      {body}
    </aside>
  );
}
