import type { Line } from '@palabre/protocol';
import type { Learned } from './grammar.ts';
import { readServerLine, SERVER_LINE_BYTES } from './known-form.ts';
import type { Tally } from './tally.ts';

const LF = 0x0a;

/** Lines that were found good, so that what everybody hears is looked at once. */
const REMEMBERED = 4000;

/** What all connections that fuzz have heard: what is good, what they can use, and what they must never hear. */
export class Hearing {
  readonly #tally: Tally;
  readonly #learned: Learned;
  readonly #secret: string;
  readonly #good = new Set<string>();

  /** `secret`: a mark of what the witnesses say to each other alone, ASCII. */
  constructor(tally: Tally, learned: Learned, secret: string) {
    this.#tally = tally;
    this.#learned = learned;
    this.#secret = secret;
  }

  line(bytes: Buffer): void {
    this.#tally.read++;
    const raw = bytes.toString('latin1');
    if (this.#good.has(raw)) return;
    this.anything(raw);
    const line = readServerLine(bytes);
    if (typeof line === 'string') {
      this.#tally.report(`somebody was told a line that is ${line}: ${JSON.stringify(raw.slice(0, 300))}`);
      return;
    }
    if (line.tags) this.#learn(line);
    if (this.#good.size > REMEMBERED) this.#good.clear();
    this.#good.add(raw);
  }

  /** Bytes of whatever form. */
  anything(raw: string): void {
    if (raw.includes(this.#secret))
      this.#tally.report(`a stranger was told a secret: ${JSON.stringify(raw.slice(0, 300))}`);
  }

  wrong(what: string): void {
    this.#tally.report(what);
  }

  #learn({ tags }: Line): void {
    const token = tags?.get('token');
    if (token !== undefined) this.#learned.token(token);
    const id = Number(tags?.get('id'));
    if (id > this.#learned.id) this.#learned.id = id;
  }
}

/** Takes the bytes that one connection is told and gives their lines to somebody. */
export class LineEar {
  readonly #hear: (line: Buffer) => void;
  readonly #wrong: (what: string) => void;
  #partial: Buffer = Buffer.alloc(0);

  constructor(hear: (line: Buffer) => void, wrong: (what: string) => void) {
    this.#hear = hear;
    this.#wrong = wrong;
  }

  take(chunk: Buffer): void {
    const bytes = this.#partial.length > 0 ? Buffer.concat([this.#partial, chunk]) : chunk;
    let at = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, at)) {
      this.#hear(bytes.subarray(at, end));
      at = end + 1;
    }
    this.#partial = Buffer.from(bytes.subarray(at));
    if (this.#partial.length > SERVER_LINE_BYTES) this.#wrong('a line has no end');
  }
}
