import { type ChatError, KeyNeeded, NameTaken, NotAName, Refused, Unsupported } from '../errors.ts';
import type { Incoming } from './incoming.ts';
import { type Tagged, writeLine } from './outgoing.ts';

/** Something to be said to the server, and what its answer comes to. */
export interface Ask<T> {
  /**
   * How it stands among others:
   *
   * - `say`: kept by the server exactly once for its ref (3.6).
   * - `act`: changes something, and may be done again without harm: entering a room.
   * - `read`: changes nothing; may overtake what the server can't keep now.
   * - `alone`: goes out when all before it is answered, and nothing goes out until it is: another name, leaving a room, or the chat.
   */
  readonly kind: 'say' | 'act' | 'read' | 'alone';
  readonly word: string;
  /** Read each time that it goes out. */
  readonly rest?: string;
  /** Beside the ref. What is undefined is not said. */
  readonly tags?: Tagged;
  /** Whether a line of the answer is the last; absent where an answer has one line. */
  readonly ends?: (line: Incoming) => boolean;
  /** What the answer comes to. Called as soon as it is complete, before the next line is heard. */
  readonly result: (last: Incoming, before: readonly Incoming[]) => T;
}

/** The ask as a line. `ref`: this client's own mark, unique for ever. */
export function lineOf({ word, rest, tags }: Ask<unknown>, ref: string): string {
  return writeLine({ ref, ...tags }, word, rest);
}

/** The error that an `ERR` or `TKN` stands for. */
export function refusal({ word, rest, why = '' }: Incoming): ChatError {
  if (word === 'TKN') return new NameTaken(rest);
  if (why === 'name') return new NotAName(rest);
  if (why === 'key') return new KeyNeeded(rest);
  return why === 'plain' ? new Unsupported(rest) : new Refused(why);
}
