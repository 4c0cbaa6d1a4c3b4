/** The browser's notifications: asked for by a click alone, shown for what the model says deserves one. */
import type { Words } from '../i18n/words.ts';
import type { Message, Settings } from '../model/app.ts';

/** What comes of an answer. Whoever put the question away has not answered it. */
const SETTING = { granted: 'on', denied: 'blocked', default: 'off' } as const;

/** Turns them on, asking the browser if need be, or off. The browser may say something else than last time: it has settings of its own. */
export async function askForNotifications(
  setting: Settings['notifications'],
  wanted: boolean,
): Promise<void> {
  if (!wanted) setting.value = 'off';
  else if (!('Notification' in globalThis)) setting.value = 'blocked';
  else setting.value = SETTING[await Notification.requestPermission()];
}

/** `title`: of the conversation; `undefined` where it is private. `open`: what a press on it does. */
export function notify(message: Message, title: string | undefined, words: Words, open: () => void): void {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  const t = words.notify;
  const heading = title === undefined ? t.private(message.from) : t.mention(message.from, title);
  try {
    const shown = new Notification(heading, {
      body: message.text,
      tag: message.conversation,
      icon: '/icon-192.png',
    });
    shown.onclick = () => {
      window.focus();
      open();
      shown.close();
    };
  } catch {
    // Chrome on Android has the constructor and lets only a service worker use it: the count in the title must do.
  }
}
