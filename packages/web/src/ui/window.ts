/** What the page sets outside of its own elements: title, theme, language, notifications; and what it hears of the window. */
import { effect } from '@preact/signals';
import { fetchLater } from './later.ts';
import { titleOf } from './title.ts';
import type { View } from './view.ts';

const MINUTE_MS = 60_000;

export function followWindow(view: View): void {
  const { app, words } = view;
  const root = document.documentElement;

  effect(() => {
    root.lang = words.value.language;
  });

  effect(() => {
    const theme = app.settings.theme.value;
    if (theme === 'system') delete root.dataset.theme;
    else root.dataset.theme = theme;
  });

  effect(() => {
    const { all, urgent } = app.unread.value;
    const where =
      app.stage.value === 'chat' ? `${titleOf(app.current.value, words.value)} · Palabre` : 'Palabre';
    document.title = all > 0 ? `(${urgent > 0 ? urgent : '•'}) ${where}` : where;
    if ('setAppBadge' in navigator) void navigator.setAppBadge(urgent).catch(() => {});
  });

  const seeDay = (): void => {
    view.today.value = new Date().setHours(0, 0, 0, 0);
  };
  // By the minute: a timer does not count the time for which the machine sleeps.
  const followDay = (): void => {
    seeDay();
    setTimeout(followDay, Math.min(MINUTE_MS, new Date().setHours(24, 0, 0, 0) - Date.now()));
  };
  followDay();

  const look = (): void => {
    app.looked.value = document.visibilityState === 'visible' && document.hasFocus();
    seeDay();
  };
  look();
  for (const event of ['focus', 'blur', 'pageshow']) window.addEventListener(event, look);
  document.addEventListener('visibilitychange', () => {
    look();
    if (document.visibilityState === 'hidden') app.save();
    else app.reconnectNow();
  });
  window.addEventListener('offline', () => app.networkLost());
  window.addEventListener('online', () => app.reconnectNow());
  window.addEventListener('pagehide', () => app.save());

  app.onNotify = (message, conversation) => {
    if (app.settings.notifications.value !== 'on') return;
    const title = conversation.kind === 'private' ? undefined : titleOf(conversation, words.value);
    void fetchLater().then((parts) =>
      parts?.notify(message, title, words.value, () => view.open(conversation.key)),
    );
  };
}
