/** In the shade at the side: the conversations, and oneself. */
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Conversation } from '../model/app.ts';
import { ConversationName } from './conversation-name.tsx';
import { IconButton } from './icon-button.tsx';
import { Icon } from './icons.tsx';
import { LineDot } from './line-state.tsx';
import { Leaf } from './name.tsx';
import { type DialogName, useView } from './view.ts';

export function Sidebar(): JSX.Element {
  const { app, dialog, drawer, focus, words } = useView();
  const t = words.value;
  const all = app.conversations.value;
  const sidebar = useRef<HTMLElement>(null);
  const open = drawer.value;
  useEffect(() => {
    if (open) sidebar.current?.querySelector<HTMLElement>('[aria-current]')?.focus();
  }, [open]);

  const show = (name: DialogName) => (): void => {
    drawer.value = false;
    dialog.value = name;
  };
  const of = (kind: Conversation['kind']): JSX.Element => (
    <ul>
      {all
        .filter((conversation) => conversation.kind === kind)
        .map((conversation) => (
          <ConversationItem key={conversation.key} conversation={conversation} />
        ))}
    </ul>
  );
  return (
    <nav class={open ? 'sidebar open' : 'sidebar'} aria-label={t.conversations} ref={sidebar}>
      <div class="brand">
        <img class="logo" src="/icon.svg" alt="" />
        <span class="wordmark">Palabre</span>
        <IconButton
          class="narrow-only"
          icon="close"
          label={t.hideConversations}
          onClick={() => {
            drawer.value = false;
            focus.value = 'conversation';
          }}
        />
      </div>
      <button type="button" class="go-to" aria-keyshortcuts="Control+K" onClick={show('switcher')}>
        <Icon name="search" />
        {t.goTo}
        <kbd>{/Mac|iP/.test(navigator.platform) ? '⌘ K' : 'Ctrl K'}</kbd>
      </button>
      <div class="conversations">
        {of('lobby')}
        {app.extended.value && (
          <div class="group">
            <h2>{t.rooms}</h2>
            <IconButton icon="plus" label={t.moreRooms} onClick={show('rooms')} />
          </div>
        )}
        {of('room')}
        <div class="group">
          <h2>{t.privately}</h2>
          <IconButton icon="plus" label={t.talkToSomebody} onClick={show('switcher')} />
        </div>
        {of('private')}
      </div>
      <Self />
    </nav>
  );
}

function ConversationItem({ conversation }: { readonly conversation: Conversation }): JSX.Element {
  const { app, open, words } = useView();
  const t = words.value;
  const current = app.current.value.key === conversation.key;
  const unread = conversation.unread.value;
  const mentioned = conversation.mentioned.value;
  const urgent = conversation.kind === 'private' ? unread : mentioned;
  const away = conversation.kind === 'private' && conversation.members.value.length === 0;
  const draft = conversation.draft.value !== '' && !current;
  const classes = ['conversation'];
  if (unread > 0) classes.push('unread');
  if (away) classes.push('away');
  const said: string[] = [];
  if (away) said.push(t.isAway);
  if (draft) said.push(t.draft);
  if (unread > 0) said.push(t.unread(unread));
  if (mentioned > 0) said.push(t.mentioned(mentioned));
  return (
    <li>
      <button
        type="button"
        class={classes.join(' ')}
        aria-current={current ? 'page' : undefined}
        onClick={() => open(conversation.key)}
      >
        <ConversationName conversation={conversation} />
        <span class="hidden">{said.map((one) => `, ${one}`)}</span>
        {draft && (
          <span class="draft" aria-hidden="true">
            {t.draft}
          </span>
        )}
        {unread > 0 && (
          <span class={urgent > 0 ? 'count urgent' : 'count'} aria-hidden="true">
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </button>
    </li>
  );
}

/** Oneself, the line, and the menu of what else one can do. */
function Self(): JSX.Element {
  const { app, dialog, drawer, words } = useView();
  const t = words.value;
  const menu = useRef<HTMLDivElement>(null);
  const choose = (name: DialogName): void => {
    menu.current?.hidePopover();
    drawer.value = false;
    dialog.value = name;
  };
  const leave = (): void => {
    menu.current?.hidePopover();
    void app.leave();
  };
  return (
    <div class="self">
      <Leaf name={app.me.value} />
      <div class="who">
        <bdi>{app.me.value}</bdi>
        <LineDot />
      </div>
      <button type="button" class="icon-button" popovertarget="menu" aria-label={t.menu} title={t.menu}>
        <Icon name="more" />
      </button>
      <div id="menu" class="menu" popover="auto" ref={menu}>
        <button type="button" onClick={() => choose('rename')}>
          {t.menuItems.rename}
        </button>
        <button type="button" onClick={() => choose('settings')}>
          {t.menuItems.settings}
        </button>
        <button type="button" onClick={() => choose('help')}>
          {t.menuItems.help}
        </button>
        <button type="button" onClick={leave}>
          {t.menuItems.leave}
        </button>
      </div>
    </div>
  );
}
