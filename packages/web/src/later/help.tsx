import type { JSX } from 'preact';
import { useView } from '../ui/view.ts';
import { Dialog } from './dialog.tsx';
import { usePhrases } from './phrases.ts';

export function HelpDialog(): JSX.Element {
  const t = usePhrases();
  return (
    <Dialog name="help" title={t.help.title} class="wide">
      <h3>{t.help.keys}</h3>
      <dl class="help">
        {t.help.list.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <h3>{t.help.commands}</h3>
      <dl class="help">
        {Object.values(useView().words.value.commands).map(({ usage, does }) => (
          <div key={usage}>
            <dt>
              <code>{usage}</code>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
