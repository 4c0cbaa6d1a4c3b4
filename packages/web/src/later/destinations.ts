/** Where the switcher leads: conversations, mentions and unread first; then rooms one is not in, and people. */
import type { Words } from '../i18n/words.ts';
import type { App, Conversation } from '../model/app.ts';
import { titleOf } from '../ui/title.ts';

export type Destination =
  | {
      readonly type: 'conversation';
      readonly key: string;
      readonly title: string;
      readonly conversation: Conversation;
    }
  | { readonly type: 'room' | 'person'; readonly key: string; readonly title: string };

/** More are not looked through by anybody: a letter more finds them. */
const MOST = 30;

/** Those whose title has `wanted` in it, the ones that begin with it before the others. */
export function destinations(app: App, words: Words, wanted: string): readonly Destination[] {
  const open = [...app.conversations.value].sort((a, b) => urgency(b) - urgency(a));
  const titles = new Set(open.map((one) => one.title.value));
  const all: Destination[] = open.map((conversation) => ({
    type: 'conversation',
    key: conversation.key,
    title: titleOf(conversation, words),
    conversation,
  }));
  for (const { name, entered } of app.rooms.value) {
    if (!entered) all.push({ type: 'room', key: `enter:${name}`, title: name });
  }
  const [lobby] = app.conversations.value;
  for (const name of lobby?.members.value ?? []) {
    if (name !== app.me.value && !titles.has(name))
      all.push({ type: 'person', key: `talk:${name}`, title: name });
  }
  const needle = wanted.trim().toLowerCase();
  const place = ({ title }: Destination): number => title.toLowerCase().indexOf(needle);
  return all
    .filter((one) => place(one) >= 0)
    .sort((a, b) => Math.min(1, place(a)) - Math.min(1, place(b)))
    .slice(0, MOST);
}

function urgency(conversation: Conversation): number {
  const unread = conversation.unread.value;
  if (conversation.mentioned.value > 0 || (conversation.kind === 'private' && unread > 0)) return 2;
  return unread > 0 ? 1 : 0;
}
