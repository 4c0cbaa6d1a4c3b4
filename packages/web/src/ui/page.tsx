/** All of it: the entry, or the chat with its three columns. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Announcer } from './announcer.tsx';
import { Composer } from './composer.tsx';
import { EntryPage } from './entry.tsx';
import { Header } from './header.tsx';
import { Dialogs, fetchLater, Panels } from './later.ts';
import { narrow } from './narrow.ts';
import { listenForShortcuts } from './shortcuts.ts';
import { Sidebar } from './sidebar.tsx';
import { Timeline } from './timeline.tsx';
import { useView } from './view.ts';

/** By when everything that was needed at first is there. */
const CALM_MS = 3000;

export function Page(): JSX.Element {
  return useView().app.stage.value === 'chat' ? <ChatPage /> : <EntryPage />;
}

function ChatPage(): JSX.Element {
  const view = useView();
  const { app, dialog, drawer, focus, panel, panelShown } = view;
  const conversation = app.current.value;
  useEffect(() => listenForShortcuts(view), [view]);
  useEffect(() => {
    focus.value = 'conversation';
  }, []);
  // Before they are wanted: perhaps the line is lost by then.
  const connected = app.line.value.state === 'connected';
  useEffect(() => {
    if (!connected) return;
    const timer = setTimeout(() => void fetchLater(), CALM_MS);
    return () => clearTimeout(timer);
  }, [connected]);
  return (
    <div class="chat">
      <Sidebar />
      {drawer.value && <Curtain />}
      <main class="talk" inert={drawer.value || (narrow.value && panelShown.value)}>
        <Header conversation={conversation} />
        <Timeline key={conversation.key} conversation={conversation} />
        <Composer conversation={conversation} />
      </main>
      {panel.value && <Panels />}
      {dialog.value && <Dialogs />}
      <Announcer />
    </div>
  );
}

/** Beside the list of conversations where that is over the talk: a press on it puts the list away. */
function Curtain(): JSX.Element {
  const { drawer, words } = useView();
  return (
    <button
      type="button"
      class="curtain"
      aria-label={words.value.hideConversations}
      onClick={() => {
        drawer.value = false;
      }}
    />
  );
}
