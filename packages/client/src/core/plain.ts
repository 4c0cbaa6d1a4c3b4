/**
 * Speaks with a server of the nine words alone on behalf of a library that knows the extended form only: says in nine words what it says with tags,
 * and gives what the server answers the refs and tags that it would have in the extended form (3.3).
 *
 * - There are no receipts: what is said counts as kept when it has been written, without an id.
 * - There are no refs: a `WHO` list answers the first who asked for one; `ARR`, `TKN` and `ERR` with a name the first who asked for that name.
 * - A list may go on in further lines (2.6), and nothing says that it does. A line that has room for one more name is the last; after one that has
 *   not, anything that is no list ends it.
 */
import { LINE_BYTES, NAME_BYTES, nameKey, parseLine } from '@palabre/protocol';
import { bytesOf, writeLine } from './outgoing.ts';

type Lines = (lines: readonly string[]) => void;

/** An `IAM` or `WHO` that has no answer yet. */
interface Asked {
  readonly ref: string;
  readonly word: string;
  readonly rest: string;
}

export class Interpreter {
  readonly #say: Lines;
  readonly #answer: Lines;
  #name = '';
  #asked: Asked[] = [];
  /** Whose list may go on. */
  #listing: Asked | undefined;

  /** `say`: to the server. `answer`: what it would answer if it knew how to; never called before `say` has returned. */
  constructor(say: Lines, answer: Lines) {
    this.#say = say;
    this.#answer = answer;
  }

  /** Says lines of the extended form. */
  say(lines: readonly string[]): void {
    const said: string[] = [];
    const answers: string[] = [];
    for (const line of lines) {
      const { tags, word = '', rest = '' } = parseLine(line) ?? {};
      const ref = tags?.get('ref') ?? '';
      if (word === 'HST' || word === 'LST' || tags?.has('room')) {
        answers.push(writeLine({ ref, why: 'plain' }, 'ERR', word === 'HST' ? 'history' : 'rooms'));
        continue;
      }
      // What a member asks by EXT, whether the server is there, WHO asks of any server (1.6).
      const asks = word === 'EXT' ? 'WHO' : word;
      said.push(rest === '' ? asks : `${asks} ${rest}`);
      if (word === 'MSG') answers.push(writeLine({ ref }, word, `${this.#name} ${rest}`));
      else if (word === 'PRV') answers.push(this.#ownCopy(ref, rest));
      else if (word !== 'BYE') this.#asked.push({ ref, word: asks, rest });
    }
    this.#say(said);
    if (answers.length > 0) queueMicrotask(() => this.#answer(answers));
  }

  /** What the server has said, as it would in the extended form. */
  hear(lines: readonly string[]): string[] {
    return lines.flatMap((text) => {
      const { word, rest = '' } = parseLine(text) ?? {};
      if (word === 'WHO') return this.#hearList(rest);
      const ended = this.#endList();
      const answer =
        word === 'ARR' || word === 'TKN' || word === 'ERR' ? this.#hearName(word, rest) : undefined;
      return [...ended, answer ?? text];
    });
  }

  #ownCopy(ref: string, rest: string): string {
    const [to = ''] = rest.split(' ', 1);
    const text = `${this.#name}${rest.slice(to.length)}`;
    // 2.4  What one says to oneself the server delivers: this answers, and is not for the reader.
    const isSelf = nameKey(to) === nameKey(this.#name);
    return writeLine(isSelf ? { ref, old: '' } : { ref, to }, 'PRV', text);
  }

  #hearName(word: string, rest: string): string | undefined {
    // 1.3  What was asked is not repeated if it is not text; and before there is a name an ERR has no other reason.
    const any = word === 'ERR' && this.#name === '';
    const asked = this.#asked.find(
      (each) => each.word === 'IAM' && (any || nameKey(each.rest) === nameKey(rest)),
    );
    if (!asked) return undefined;
    this.#answered(asked);
    if (word === 'ARR') this.#name = rest;
    return writeLine({ ref: asked.ref, why: 'name' }, word, rest);
  }

  #hearList(names: string): string[] {
    const asked = this.#asked.find(({ word }) => word === 'WHO');
    if (!asked) return [];
    this.#listing = asked;
    const hasRoom = bytesOf(`WHO ${names} `) + NAME_BYTES <= LINE_BYTES;
    return hasRoom ? this.#endList(names) : [writeLine({ ref: asked.ref, more: '' }, 'WHO', names)];
  }

  #endList(names = ''): string[] {
    const asked = this.#listing;
    if (!asked) return [];
    this.#listing = undefined;
    this.#answered(asked);
    return [writeLine({ ref: asked.ref }, 'WHO', names)];
  }

  #answered(asked: Asked): void {
    this.#asked = this.#asked.filter((other) => other !== asked);
  }
}
