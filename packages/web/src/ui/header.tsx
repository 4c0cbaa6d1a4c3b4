/** Over the talk: where one is, and what one can do there. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Conversation } from '../model/app.ts';
import { ConversationName } from './conversation-name.tsx';
import { useFocusWanted } from './focus.ts';
import { IconButton } from './icon-button.tsx';
import { Icon, type IconName } from './icons.tsx';
import { type PanelName, useView } from './view.ts';

export function Header({ conversation }: { readonly conversation: Conversation }): JSX.Element {
  const { app, drawer, words } = useView();
  const t = words.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const { all } = app.unread.value;
  const { kind } = conversation;
  const here = conversation.members.value.length;

  useFocusWanted('title', () => heading.current?.focus());

  return (
    <header class="header">
      <IconButton
        class={all > 0 ? 'narrow-only dotted' : 'narrow-only'}
        icon="menu"
        label={all > 0 ? `${t.showConversations}, ${t.unread(all)}` : t.showConversations}
        onClick={() => {
          drawer.value = true;
        }}
      />
      <h1 ref={heading} tabIndex={-1}>
        <ConversationName conversation={conversation} />
      </h1>
      {kind === 'private' && (
        <p class="topic">
          {here > 0 ? t.header.privateWith : t.header.privateAway(conversation.title.value)}
        </p>
      )}
      <div class="tools">
        <Leave conversation={conversation} />
        {app.extended.value && <PanelToggle panel="search" icon="search" label={t.header.search} />}
        <PanelToggle panel="mentions" icon="at" label={t.header.mentions} />
        {kind !== 'private' && (
          <PanelToggle panel="people" icon="people" label={t.header.people(here)} count={here} />
        )}
      </div>
    </header>
  );
}

interface PanelToggleProps {
  readonly panel: PanelName;
  readonly icon: IconName;
  readonly label: string;
  readonly count?: number;
}

function PanelToggle({ panel, icon, label, count }: PanelToggleProps): JSX.Element {
  const view = useView();
  const open = view.panel.value === panel;
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-expanded={open}
      onClick={() => (open ? view.closePanel() : view.showPanel(panel))}
    >
      <Icon name={icon} />
      {count !== undefined && <span aria-hidden="true">{count}</span>}
    </button>
  );
}

/** Out of a room; a private conversation off the list. */
function Leave({ conversation }: { readonly conversation: Conversation }): JSX.Element | null {
  const { app, focus, words } = useView();
  const t = words.value.header;
  const { key, kind } = conversation;
  const title = conversation.title.value;
  if (kind === 'lobby') return null;
  const leave = async (): Promise<void> => {
    if (kind === 'room') await app.leaveRoom(key);
    else app.closePrivate(key);
    focus.value = 'conversation';
  };
  return (
    <IconButton
      icon={kind === 'room' ? 'leave' : 'close'}
      label={kind === 'room' ? t.leaveRoom(title) : t.closePrivate(title)}
      onClick={() => void leave()}
    />
  );
}
