/** What happens in the chat, brought to the conversations that it concerns. */
import type { Arrived, ChatEvent, Left, Renamed, Message as Said } from '@palabre/client';
import type { Conversation } from './conversation.ts';
import type { Conversations } from './conversations.ts';
import type { LineEntry } from './entries.ts';

export interface HearingOwner {
  readonly conversations: Conversations;
  /** Somebody said a line. */
  said(line: LineEntry, conversation: Conversation): void;
  /** One's own name is another one now. */
  renamed(name: string): void;
  /** One is in that room now: has entered it, on this page or elsewhere. */
  entered(room: Conversation): void;
}

/** Everything but what tells of the line itself. */
export type Heard = Exclude<ChatEvent, { readonly type: 'line' | 'gap' | 'refused' }>;

export function hear(event: Heard, owner: HearingOwner): void {
  switch (event.type) {
    case 'message':
      hearLine(event, owner);
      break;
    case 'arrived':
      hearArrived(event, owner);
      break;
    case 'left':
      hearLeft(event, owner);
      break;
    case 'renamed':
      hearRenamed(event, owner);
      break;
    default:
      event satisfies never;
  }
}

function hearLine(said: Said, owner: HearingOwner): void {
  // What the nine words alone do not send back has been shown when it was said.
  if (said.own && said.id === undefined) return;
  const conversation = whereSaid(said, owner.conversations);
  // As they themselves write it.
  const respelt = said.private && !said.own && conversation.title.peek() !== said.from;
  if (respelt) owner.conversations.renamed(said.from, said.from);
  owner.said(conversation.arrive(said), conversation);
}

function whereSaid({ room, from, to, own, private: isPrivate }: Said, all: Conversations): Conversation {
  if (isPrivate) return all.private(own && to !== undefined ? to : from);
  return room === undefined ? all.lobby : all.room(room);
}

function hearArrived({ name, room, own, at }: Arrived, { conversations, entered }: HearingOwner): void {
  if (room !== undefined) {
    const there = conversations.room(room);
    // As whoever made the room typed it.
    if (there.title.peek() !== room) there.rename([room]);
    there.roster.came(name);
    if (own) entered(there);
    else there.timeline.happened('came', name, at);
    return;
  }
  conversations.lobby.roster.came(name);
  if (own) return;
  conversations.lobby.timeline.happened('came', name, at);
  conversations.with(name)?.timeline.happened('came', name, at);
}

function hearLeft({ name, room, own, at }: Left, { conversations }: HearingOwner): void {
  if (room !== undefined) {
    const there = conversations.entered(room);
    if (!there) return;
    there.roster.left(name);
    there.timeline.happened('left', name, at);
    if (own) conversations.left(there);
    return;
  }
  for (const there of [conversations.lobby, ...conversations.rooms]) {
    const was = there.roster.has(name);
    there.roster.left(name);
    if (was) there.timeline.happened('left', name, at);
  }
  conversations.with(name)?.timeline.happened('left', name, at);
}

function hearRenamed({ was, name, own, at }: Renamed, { conversations, renamed }: HearingOwner): void {
  for (const there of [conversations.lobby, ...conversations.rooms]) {
    const here = there.roster.has(was);
    there.roster.renamed(was, name);
    if (here) there.timeline.happened('renamed', name, at, was);
  }
  if (own) renamed(name);
  else {
    conversations.renamed(was, name);
    conversations.with(name)?.timeline.happened('renamed', name, at, was);
  }
}
