import { formatLine, TAG_BYTES, utf8Length } from '@palabre/protocol';
import { type ChatError, NameTaken, NotAName, Refused } from '../errors.ts';
import type { Incoming, IncomingOf } from './incoming.ts';

/**
 * How an ask may stand among the others of the outbox:
 *
 * - `say`: kept by the server exactly once for its ref (3.6).
 * - `act`: changes something, and may be done again without harm: entering a room.
 * - `read`: changes nothing; may overtake what the server can't keep now.
 * - `last`: goes out only when all before it is answered: another name, leaving a room, or the chat.
 */
export type AskKind = 'say' | 'act' | 'read' | 'last';

/** Something said to the server that it answers. Lives in the outbox until then. */
export interface Ask {
  readonly kind: AskKind;
  /** This client's own mark: unique for ever. */
  readonly ref: string;
  readonly word: string;
  readonly rest: string;
  /** Beside `ref`. */
  readonly tags: ReadonlyMap<string, string>;
  /** A part of the answer has come. */
  begun: boolean;
  /** It goes out, for the first time or again: what of an answer came on a line that was lost does not count. */
  begin(): void;
  /** Takes an answer that carries its ref. True when nothing more is to come. */
  hear(line: Incoming): boolean;
  /** There will be no answer. */
  fail(error: Error): void;
  /** On a server of the nine words alone, when it has been written: true when it is done with that. Absent: can't be asked there. */
  written?(): boolean;
}

export interface Asked<T> {
  readonly ask: Ask;
  readonly answer: Promise<T>;
}

/** What is asked; the ref comes from the outbox's owner. */
export interface Question {
  readonly ref: string;
  readonly kind: AskKind;
  readonly word: string;
  /** A function where it is settled only when it goes out. */
  readonly rest?: string | (() => string);
  readonly tags?: Readonly<Record<string, string | undefined>>;
}

/** Takes an answer; gives the result once there is nothing more to come. */
export type Taker<T> = (line: Incoming) => { result: T } | undefined;

/**
 * Makes an ask of a question. `taker` is called each time that it goes out, and makes what gets each answer and gives the result once it is complete;
 * `ERR` and `TKN` reject. `written`: what the answer is on a server of the nine words alone, which has none for it; `'answered'` where it has one.
 */
export function askFor<T>(
  question: Question,
  taker: () => Taker<T>,
  written?: (() => T) | 'answered',
): Asked<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const { ref, kind, word, rest = '' } = question;
  const restNow = typeof rest === 'string' ? (): string => rest : rest;
  const tags = new Map<string, string>();
  for (const [key, value] of Object.entries(question.tags ?? {}))
    if (value !== undefined) tags.set(key, value);
  let take = taker();
  const ask: Ask = {
    kind,
    ref,
    word,
    get rest() {
      return restNow();
    },
    tags,
    begun: false,
    begin() {
      ask.begun = false;
      take = taker();
    },
    hear(line) {
      if (line.word === 'ERR' || line.word === 'TKN') {
        reject(refusal(line, ask.rest));
        return true;
      }
      const taken = take(line);
      ask.begun = true;
      if (taken) resolve(taken.result);
      return taken !== undefined;
    },
    fail: reject,
  };
  if (written) {
    ask.written = () => {
      if (written === 'answered') return false;
      resolve(written());
      return true;
    };
  }
  return { ask, answer: promise };
}

/** The error that an `ERR` or `TKN` stands for. */
export function refusal(line: IncomingOf<'ERR' | 'TKN'>, asked: string): ChatError {
  if (line.word === 'TKN') return new NameTaken(asked);
  return line.why === 'name' ? new NotAName(asked) : new Refused(line.why ?? '');
}

/** The ask as a line, in the extended form or the plain one. */
export function format(ask: Ask, extended: boolean): string {
  if (!extended) return formatLine({ word: ask.word, rest: ask.rest });
  return formatLine({ tags: new Map([['ref', ask.ref], ...ask.tags]), word: ask.word, rest: ask.rest });
}

/** Throws what the server would refuse: a line over `lineBytes` without its tags (2.6), tags over 1,024 bytes (3.1). */
export function checkLength(ask: Ask, lineBytes: number): void {
  const plain = utf8Length(formatLine({ word: ask.word, rest: ask.rest }));
  if (plain > lineBytes) throw new Refused('long');
  // What stands between them: `@` and a space.
  if (utf8Length(format(ask, true)) - plain - 2 > TAG_BYTES) throw new Refused('tags');
}
