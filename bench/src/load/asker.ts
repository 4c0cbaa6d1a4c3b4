import { ExtendedLine } from '../verify/extended-line.ts';
import { lineAfter } from '../verify/line-shape.ts';
import { Wrong } from '../verify/wrong.ts';
import type { Crowd } from './crowd.ts';
import { enterExtended } from './extended.ts';
import type { Member } from './member.ts';

/** What to ask of the lobby's history (docs/protocol.md, 3.9). */
export interface Question {
  readonly limit: number;
  readonly before?: number;
  readonly after?: number;
  readonly find?: string;
}

export interface Answer {
  /** From just before the question was written to when its last line was read. */
  readonly ms: number;
  /** Oldest first. */
  readonly ids: readonly number[];
}

/** A member in the extended form that asks for history, one question after the other, and checks the answers. */
export class Asker {
  readonly crowd: Crowd;
  readonly #member: Member;
  readonly #line = new ExtendedLine();
  #ref = 0;
  #ids: number[] = [];
  #lines: string[] = [];
  #answered: (ms: number, end: string) => void = () => {};
  #began = 0;

  private constructor(crowd: Crowd, member: Member) {
    this.crowd = crowd;
    this.#member = member;
    crowd.readBy(this);
  }

  static async enter(port: number): Promise<Asker> {
    // A name that no earlier server's member is still waited for under.
    const crowd = await enterExtended(port, 1, () => `asker${process.pid}`);
    const [member] = crowd.members;
    if (!member) throw new Error('nobody entered');
    return new Asker(crowd, member);
  }

  /** Does not settle if the connection fails: see the crowd's `onFault`. */
  async ask(question: Question): Promise<Answer> {
    this.#ref++;
    this.#ids = [];
    this.#lines = [];
    const tags = Object.entries(question).map(([key, value]) => `;${key}=${value}`);
    const answered = new Promise<{ ms: number; end: string }>((resolve) => {
      this.#answered = (ms, end) => resolve({ ms, end });
    });
    this.#began = performance.now();
    this.#member.socket.write(`@ref=${this.#ref}${tags.join('')} HST\n`);
    const { ms, end } = await answered;
    this.#check(question, end);
    return { ms, ids: this.#ids };
  }

  /** Its name is free once this resolves. */
  leave(): Promise<void> {
    return this.crowd.leave('BYE\n');
  }

  take(member: Member, bytes: Buffer, start: number, end: number): number {
    const line = this.#line;
    let at = start;
    while (at < end) {
      const next = lineAfter(bytes, at, end);
      if (next < 0) break;
      line.read(bytes, at, next);
      if (line.ref !== this.#ref) this.crowd.aside(member, bytes, at, next);
      else if (line.says('HST', bytes))
        this.#answered(performance.now() - this.#began, bytes.toString('latin1', at, next - 1));
      else {
        this.#ids.push(line.id);
        this.#lines.push(bytes.toString('latin1', at, next - 1));
      }
      at = next;
    }
    return at;
  }

  #check({ limit, before, after, find }: Question, end: string): void {
    const lines = this.#lines;
    const count = Number(/[@;]count=(\d+)/.exec(end)?.[1]);
    if (count !== lines.length || count > limit)
      throw new Wrong(`got ${lines.length} lines of history, said to be ${end}`);
    const sought = find === undefined ? null : new RegExp(`^@\\S+ MSG \\S+ (?:.* )?${find}`);
    let last = after ?? -1;
    lines.forEach((line, i) => {
      const id = this.#ids[i] ?? -1;
      const asked = id > last && (before === undefined || id < before) && (sought?.test(line) ?? true);
      if (!asked || !/^@(?:\S*;)?old[; ]/.test(line)) throw new Wrong(`got history not asked for: ${line}`);
      last = id;
    });
  }
}
