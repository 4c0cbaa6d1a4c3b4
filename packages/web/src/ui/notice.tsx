/** What is between the lines: a day that begins, somebody who comes or goes. */
import type { ComponentChildren, JSX } from 'preact';
import type { DayMark, Notice } from '../model/app.ts';
import { Name } from './name.tsx';
import { useView } from './view.ts';

/** Names that are spelt out; the others are counted. */
const MOST_NAMES = 5;

/** Stands for a name in a phrase until the name's element takes its place. */
const SLOT = '\uFFFC';

export function DayLine({ day }: { readonly day: DayMark }): JSX.Element {
  const { words, today } = useView();
  const { dates, timeline } = words.value;
  return (
    <div class="day">
      <time dateTime={new Date(day.at).toISOString()}>{dates.day(day.at, today.value, timeline)}</time>
    </div>
  );
}

export function NoticeLine({ notice }: { readonly notice: Notice }): JSX.Element {
  const { app, words } = useView();
  const { notice: t, dates } = words.value;
  const said: ComponentChildren[] = [];
  if (app.settings.showComings.value) {
    const { came, left, renamed } = notice;
    if (came.length > 0) said.push(woven(t.came(SLOT, came.length), <Names names={came} />));
    if (left.length > 0) said.push(woven(t.left(SLOT, left.length), <Names names={left} />));
    for (const { was, name } of renamed) {
      said.push(woven(t.renamed(SLOT, SLOT), <Name name={was} />, <Name name={name} />));
    }
  }
  if (notice.gap) said.push(<strong>{t.gap}</strong>);
  // Without a word it still takes its place, empty: the list counts on one element for each item.
  return (
    <div class={said.length > 0 ? 'notice' : ''} title={dates.full(notice.at)}>
      {said.map((one, index) => (
        <span key={index}>{one}</span>
      ))}
    </div>
  );
}

function Names({ names }: { readonly names: readonly string[] }): JSX.Element {
  const t = useView().words.value.notice;
  const spelt = names.slice(0, MOST_NAMES);
  const others = names.length - spelt.length;
  return (
    <>
      {spelt.map((name, index) => (
        <>
          {index > 0 && ', '}
          <Name name={name} />
        </>
      ))}
      {others > 0 && `, ${t.others(others)}`}
    </>
  );
}

/** The phrase with the elements in its slots. */
function woven(phrase: string, ...elements: JSX.Element[]): ComponentChildren {
  return phrase.split(SLOT).map((part, index) => (
    <>
      {elements[index - 1]}
      {part}
    </>
  ));
}
