import type { Words } from '../i18n/words.ts';
import type { Conversation } from '../model/app.ts';

/** The title of a conversation, in words: for labels, and where it is looked for. */
export function titleOf(conversation: Conversation, words: Words): string {
  return conversation.kind === 'lobby' ? words.lobby : conversation.title.value;
}
