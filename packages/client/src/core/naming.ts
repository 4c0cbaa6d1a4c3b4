import { formatLine } from '@palabre/protocol';
import { type ChatError, NameTaken } from '../errors.ts';
import { refusal } from './asks.ts';
import type { Incoming, IncomingOf } from './incoming.ts';
import type { Form } from './link.ts';
import { isSelf, type Self } from './self.ts';

/** How much longer than it says a server may keep a name, in ms: it may have to notice first that our old line is dead. */
const NOTICE_MS = 60_000;

/** What came of an `IAM`. `again`: it may go better later. */
export type Named =
  | { readonly arrived: IncomingOf<'ARR'> }
  | { readonly refused: ChatError; readonly again: boolean };

/**
 * Says who we are on each new line, and reads the answer.
 *
 * A name that is taken on the way back may be held by our own lost line (in the plain form always, until the server notices). It is asked for again
 * for as long as the server lets a lost member keep its name, and a minute more; what is taken after that is somebody else's.
 */
export class Naming {
  #ref = '';
  #form: Form = { extended: false, line: 0, linger: 0 };
  #takenSince: number | undefined;

  /** The `IAM` to say. With a token it asks to be who we were, with `after` for what came after that id as well (3.7). */
  begin(form: Form, self: Self, ref: string, after: number | undefined): string {
    const iam = { word: 'IAM', rest: self.name };
    this.#form = form;
    this.#ref = form.extended ? ref : '';
    if (!form.extended) return formatLine(iam);
    const tags = new Map([['ref', ref]]);
    if (self.token !== undefined) tags.set('token', self.token);
    if (self.token !== undefined && after !== undefined) tags.set('after', String(after));
    return formatLine({ ...iam, tags });
  }

  /** Reads a line; `undefined` if it is no answer. `now`: ms. */
  hear(line: Incoming, self: Self, now: number): Named | undefined {
    const { extended, linger } = this.#form;
    if (line.ref !== this.#ref) return undefined;
    if (line.word === 'ARR') {
      if (!extended && !isSelf(self, line.name)) return undefined;
      this.#takenSince = undefined;
      return { arrived: line };
    }
    if (line.word !== 'ERR' && line.word !== 'TKN') return undefined;
    // 1.3  Before there is a name, the plain form has no other reason for an ERR.
    const refused = refusal(extended ? line : { ...line, why: 'name' }, self.name);
    if (!(refused instanceof NameTaken))
      return { refused, again: line.word === 'ERR' && line.why === 'full' };
    this.#takenSince ??= now;
    return { refused, again: now - this.#takenSince <= 1000 * linger + NOTICE_MS };
  }
}
