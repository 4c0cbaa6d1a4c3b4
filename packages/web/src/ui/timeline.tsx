/** What is said in a conversation: the list, and the buttons that lead through it. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import type { Conversation } from '../model/app.ts';
import { Icon } from './icons.tsx';
import { Lines } from './lines.tsx';
import { useView } from './view.ts';

/** To be keyed by the conversation: another one has a list of its own. */
export function Timeline({ conversation }: { readonly conversation: Conversation }): JSX.Element {
  const { jumps, words } = useView();
  const t = words.value.timeline;
  const atEnd = useSignal(true);
  const freshAbove = useSignal(false);
  return (
    <div class="timeline">
      {freshAbove.value && (
        <div class="fresh-bar">
          <span>{t.fresh}</span>
          <button type="button" class="small" onClick={() => void jumps.toUnread()}>
            <Icon name="up" />
            {t.toUnread}
          </button>
          <button type="button" class="small" onClick={() => conversation.markRead()}>
            {t.markRead}
          </button>
        </div>
      )}
      {conversation.timeline.loading.value === 'older' && <p class="loading">{t.loadingOlder}</p>}
      <Lines conversation={conversation} atEnd={atEnd} freshAbove={freshAbove} />
      <div class="ways">
        {jumps.canGoBack.value && (
          <button type="button" class="way" onClick={() => void jumps.back()}>
            <Icon name="back" />
            {t.back}
          </button>
        )}
        {!atEnd.value && (
          <button type="button" class="way" onClick={() => void jumps.toEnd()}>
            <Icon name="down" />
            {t.toEnd}
          </button>
        )}
      </div>
    </div>
  );
}
