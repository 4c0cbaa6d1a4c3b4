/** What can go wrong. Tell errors apart by `instanceof`. Every message says what to do. */

/** The class that all errors of this library are of. */
export class ChatError extends Error {
  override name = 'ChatError';
}

/** The name is in use by somebody else (1.4). */
export class NameTaken extends ChatError {
  override name = 'NameTaken';
  readonly asked: string;

  constructor(asked: string) {
    super(`${asked} is taken: choose another name`);
    this.asked = asked;
  }
}

/** What was given is not a name (2.2): 1 to 32 code points, no white space or control character, not beginning with `@`, `#` or `:`. */
export class NotAName extends ChatError {
  override name = 'NotAName';
  readonly asked: string;

  constructor(asked: string) {
    super(`"${asked}" is no name: 1 to 32 characters, no spaces`);
    this.asked = asked;
  }
}

/**
 * The server refused what was asked, or this library did because the server would. `why` is the server's word for it (3.5): `nobody` (of
 * that name is here), `empty`, `long`, `text` (control characters), `room` (not in it, or not a room's name), `full`, `key`, `banned`, `tags`, `word`;
 * `''` where the server did not say, as one of the nine words alone never does.
 */
export class Refused extends ChatError {
  override name = 'Refused';
  readonly why: string;

  constructor(why: string) {
    super(`refused${why && `: ${why}`}`);
    this.why = why;
  }
}

/** No server could be reached at the address, or what answered there does not speak the nine words; `cause` says more. */
export class Unreachable extends ChatError {
  override name = 'Unreachable';

  constructor(address: string, cause?: Error) {
    super(`no chat at ${address}: check the address`, { cause });
  }
}

/** The chat is over: closed here, from another device (`bye`), or by the server (`kicked`). */
export class Closed extends ChatError {
  override name = 'Closed';
  readonly why: string;

  constructor(why = '') {
    super(`the chat is over: connect again`);
    this.why = why;
  }
}

/** As many lines wait for their receipts as may wait (`queue`, 1,000 by default): wait for some, then say it again. */
export class QueueFull extends ChatError {
  override name = 'QueueFull';
  readonly limit: number;

  constructor(limit: number) {
    super(`${limit} lines wait: wait for receipts`);
    this.limit = limit;
  }
}

/**
 * The line went out, its receipt never came, and the server no longer knows whose line that was: it was said once or not at all. It is not
 * said again, for it could be doubled. Look at the history before you say it again.
 */
export class Unconfirmed extends ChatError {
  override name = 'Unconfirmed';

  constructor() {
    super('said once or never: look at the history');
  }
}

/** The server speaks the nine words alone, and this needs the extended form: rooms, history, search. */
export class Unsupported extends ChatError {
  override name = 'Unsupported';

  constructor(what: string) {
    super(`no ${what} on this server: see chat.promises`);
  }
}
