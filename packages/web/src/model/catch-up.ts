/** What a page asks for when it is in the chat, for the first time or again: who is here, and what is unread. */
import { type Chat, Refused } from '@palabre/client';
import type { Conversation } from './conversation.ts';
import type { Conversations } from './conversations.ts';
import type { LineEntry } from './entries.ts';
import { whoIsAt } from './place.ts';

/** Takes lines that are unread, of a conversation. */
type Counted = (lines: readonly LineEntry[], conversation: Conversation) => void;

export function catchUp(chat: Chat, conversations: Conversations, counted: Counted): void {
  const current = conversations.current.peek();
  const { lobby } = conversations;
  void current.timeline.load();
  void askWhoIsIn(chat, lobby);
  for (const room of conversations.rooms)
    if (room === current || room.roster.known) void askWhoIsIn(chat, room);
  for (const conversation of conversations.list.peek()) countUnread(conversation, conversations, counted);
}

/** Counts what is unread in it. */
export function countUnread(
  conversation: Conversation,
  conversations: Conversations,
  counted: Counted,
): void {
  conversation.reading.count().then(
    (lines) => counted(lines, conversation),
    (error: unknown) => {
      // One has left it meanwhile, in another tab.
      if (error instanceof Refused && conversation.kind === 'room') conversations.left(conversation);
    },
  );
}

/** Who is in a conversation; asked again at the next connection where it can't be had now. */
export async function askWhoIsIn(chat: Chat, conversation: Conversation): Promise<void> {
  await conversation.roster.ask(() => whoIsAt(chat, conversation)).catch(() => {});
}
