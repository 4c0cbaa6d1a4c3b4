/** Messages as they are shown, made of lines as they were said. */
import type { ConversationKey, Message } from './app.ts';
import type { LineEntry } from './entries.ts';
import { sameMessage, textOf } from './fold.ts';
import type { Quoted } from './quotes.ts';
import { stateOf, type Utterance, type Utterances } from './utterances.ts';

type Quote = (id: number) => Quoted | undefined;

/** The message of these lines: at least one, of one speaker. */
export function messageOf(
  lines: readonly LineEntry[],
  head: boolean,
  conversation: ConversationKey,
  utterances: Utterances,
  quote: Quote,
): Message {
  const [first] = lines;
  if (!first) throw new TypeError('a message has at least one line');
  const { id, at, from, own, to, re, utterance, turn } = first;
  return {
    type: 'message',
    key: utterance?.key ?? (id === undefined ? `p${turn}` : `m${id}`),
    ...{ id, at, from, own, to, conversation, head },
    text: textOf(lines, utterance),
    ...confirmation(utterance, utterances),
    re: quoted(utterance?.re ?? re, quote),
    mention: lines.some(({ mention }) => mention),
  };
}

/** The message of what has no place yet; the same object as before while nothing has changed. */
export function waitingMessage(
  utterance: Utterance,
  head: boolean,
  who: Pick<Message, 'conversation' | 'from' | 'to'>,
  utterances: Utterances,
  quote: Quote,
): Message {
  const { key, at, text, re, shown } = utterance;
  const made: Message = {
    type: 'message',
    ...who,
    ...{ key, at, own: true, text, head, mention: false },
    ...confirmation(utterance, utterances),
    re: quoted(re, quote),
  };
  if (shown && sameMessage(shown, made)) return shown;
  utterance.shown = made;
  return made;
}

function confirmation(utterance: Utterance | undefined, utterances: Utterances): Pick<Message, 'state'> {
  const state = utterance ? stateOf(utterance) : 'sent';
  if (!utterance || state !== 'failed') return { state };
  const problem = utterance.parts.find((part) => part.problem)?.problem;
  const steps = { retry: () => utterances.retry(utterance), drop: () => utterances.drop(utterance) };
  return { state, ...{ problem }, ...steps };
}

function quoted(id: number | undefined, quote: Quote): Message['re'] {
  return id === undefined ? undefined : { id, ...pick(quote(id)) };
}

function pick(line: Quoted | undefined): Partial<Quoted> {
  return line ? { from: line.from, text: line.text } : {};
}
