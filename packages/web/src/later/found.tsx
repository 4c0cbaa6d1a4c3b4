/** A line out of its place: in the results of a search, among the mentions. Leads to its place. */
import type { JSX } from 'preact';
import type { Message } from '../model/app.ts';
import { Name } from '../ui/name.tsx';
import { narrow } from '../ui/narrow.ts';
import { titleOf } from '../ui/title.ts';
import { useView } from '../ui/view.ts';
import { usePhrases } from './phrases.ts';

interface FoundLineProps {
  readonly message: Message;
  /** The lines around it, shown fainter. */
  readonly before?: readonly Message[];
  readonly after?: readonly Message[];
}

export function FoundLine({ message, before = [], after = [] }: FoundLineProps): JSX.Element {
  const view = useView();
  const { app, jumps, spoken, words } = view;
  const t = words.value;
  const conversation = app.conversations.value.find(({ key }) => key === message.conversation);
  const go = async (): Promise<void> => {
    if (message.id === undefined) return;
    if (narrow.value) view.closePanel();
    const found = await jumps.toMessage(message.conversation, message.id);
    if (!found) spoken.value = t.timeline.gone;
  };
  return (
    <button type="button" class="found" title={usePhrases().search.goTo} onClick={() => void go()}>
      <span class="found-place">
        <bdi>{conversation ? titleOf(conversation, t) : message.from}</bdi>
        <time dateTime={new Date(message.at).toISOString()}>{t.dates.full(message.at)}</time>
      </span>
      {before.map((line) => (
        <Around key={line.key} line={line} />
      ))}
      <span class="found-line">
        <Name name={message.from} /> <bdi>{message.text}</bdi>
      </span>
      {after.map((line) => (
        <Around key={line.key} line={line} />
      ))}
    </button>
  );
}

function Around({ line }: { readonly line: Message }): JSX.Element {
  return (
    <span class="found-around">
      <Name name={line.from} /> <bdi>{line.text}</bdi>
    </span>
  );
}
