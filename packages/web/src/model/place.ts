/** Where a conversation takes place: how the client library says something there, and reads what was said. */
import type { Chat, History, HistoryOptions, Receipt, SayOptions } from '@palabre/client';
import type { Conversation } from './app.ts';

export interface Place {
  readonly kind: Conversation['kind'];
  /** Of the room, or those that the other person has borne, the present one first; none for the lobby. */
  readonly names: readonly string[];
}

export async function sayAt(chat: Chat, place: Place, text: string, options: SayOptions): Promise<Receipt> {
  const [name = ''] = place.names;
  if (place.kind === 'private') return await chat.whisper(name, text, options);
  return place.kind === 'room' ? await chat.room(name).say(text, options) : await chat.say(text, options);
}

export async function historyOf(chat: Chat, place: Place, options: HistoryOptions): Promise<History> {
  const [name = ''] = place.names;
  if (place.kind === 'lobby') return await chat.history(options);
  if (place.kind === 'room') return await chat.room(name).history(options);
  // 3.9  The server keeps private lines by the name that the other bore then.
  const parts = await Promise.all(place.names.map((name) => chat.history({ ...options, with: name })));
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const messages = parts.flatMap((part) => part.messages).sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
  const { limit = messages.length } = options;
  const fromOldest = options.after !== undefined && options.before === undefined;
  return {
    messages: fromOldest ? messages.slice(0, limit) : messages.slice(-limit),
    more: messages.length > limit || parts.some(({ more }) => more),
  };
}

export async function whoIsAt(chat: Chat, { kind, names: [name = ''] }: Place): Promise<string[]> {
  return kind === 'room' ? await chat.room(name).who() : await chat.who();
}
