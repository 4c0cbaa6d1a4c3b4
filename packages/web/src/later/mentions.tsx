/** The lines that name oneself, newest first. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useView } from '../ui/view.ts';
import { FoundLine } from './found.tsx';
import { usePhrases } from './phrases.ts';

export function MentionsPanel(): JSX.Element {
  const { app } = useView();
  const t = usePhrases().mentions;
  const mentions = app.mentions.value;
  useEffect(() => void app.listMentions(), [app]);
  if (mentions.length === 0) return <p class="panel-body muted">{t.none}</p>;
  return (
    <ol class="panel-body found-list">
      {mentions.map((message) => (
        <li key={message.key}>
          <FoundLine message={message} />
        </li>
      ))}
    </ol>
  );
}
