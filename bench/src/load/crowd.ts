import { connect } from 'node:net';
import type { Dialect, Heard } from '../contenders/contender.ts';
import { quote, Wrong } from '../verify/wrong.ts';
import { pongFrame } from '../websocket/client-frame.ts';
import { FrameReader } from '../websocket/frame-reader.ts';
import { type Member, nameOf, type Reader } from './member.ts';

/** Bytes that one read takes at most. */
const READ = 256 * 1024;
/** Bytes kept free before them, for the beginning of a line that came with the read before; after them one, for an LF. */
const BEFORE = 2 * 1024 * 1024;

/** How a member enters, and answers what it must. */
export type Manners = Pick<Dialect, 'framed' | 'hello' | 'heard'>;

/**
 * The members' connections. All share one read buffer, and one reader that is told who received what: a read costs
 * the system call, and hardly anything else.
 */
export class Crowd {
  readonly members: Member[] = [];
  readonly #dialect: Manners;
  readonly #port: number;
  readonly #naming: (index: number) => string;
  readonly #bytes = Buffer.allocUnsafeSlow(BEFORE + READ + 1);
  readonly #chunk = this.#bytes.subarray(BEFORE, BEFORE + READ);
  #reader: Reader = { take: (_member, _bytes, _at, end) => end };
  #closing = false;
  /** Called with the first thing that goes wrong. */
  onFault: (fault: Error) => void = () => {};

  /** `naming` gives each member's name by its index. */
  constructor(dialect: Manners, port: number, naming = nameOf) {
    this.#dialect = dialect;
    this.#port = port;
    this.#naming = naming;
  }

  /** From now on, what is received goes to `reader`. */
  readBy(reader: Reader): void {
    this.#reader = reader;
  }

  /** Connects one more member. */
  connect(): Member {
    const index = this.members.length;
    const name = this.#naming(index);
    const socket = connect({
      host: '127.0.0.1',
      port: this.#port,
      noDelay: true,
      onread: {
        buffer: this.#chunk,
        callback: (length) => {
          this.#received(member, length);
          return true;
        },
      },
    });
    const frames = this.#dialect.framed
      ? new FrameReader({
          lines: (at, end) => this.#take(member, at, end),
          ping: (payload) => socket.write(pongFrame(payload), 'latin1'),
        })
      : null;
    const member: Member = { index, name, socket, frames, rest: null, entered: false, position: 0 };
    this.members.push(member);
    socket.once('connect', () => {
      const hello = this.#dialect.hello(name);
      if (hello) socket.write(hello, 'latin1');
    });
    socket.on('error', (error) => this.#fault(member, error));
    socket.once('close', () => this.#fault(member, new Error('the server closed the connection')));
    return member;
  }

  /** A line that is neither a message nor an arrival: answers it, or throws Wrong if it is a refusal. */
  aside(member: Member, bytes: Buffer, at: number, end: number): Heard {
    const line = bytes.toString('latin1', at, end).trimEnd();
    const heard = this.#dialect.heard(line, member.name);
    if (heard.type === 'refused') throw new Wrong(`the server answered ${quote(bytes, at, end)}`);
    if (heard.type === 'say') member.socket.write(heard.lines, 'latin1');
    return heard;
  }

  /** Has the reader look again at what a member has received and it has not taken. */
  again(member: Member): void {
    this.#take(member, BEFORE, BEFORE);
  }

  /** The server is about to end: that it closes connections is no fault. */
  closing(): void {
    this.#closing = true;
  }

  /** Is nothing more to be received: after a fault, or at the end? */
  get closed(): boolean {
    return this.#closing;
  }

  /** Drops all connections. */
  close(): void {
    this.#closing = true;
    for (const member of this.members) member.socket.resetAndDestroy();
  }

  /** Has everybody say `line` as its last, and resolves once the server has closed all connections. */
  async leave(line: string): Promise<void> {
    this.#closing = true;
    const closed = this.members.map(({ socket }) => new Promise((resolve) => socket.once('close', resolve)));
    for (const { socket } of this.members) socket.write(line);
    await Promise.all(closed);
  }

  #received(member: Member, length: number): void {
    if (member.frames === null) this.#take(member, BEFORE, BEFORE + length);
    else if (!this.#closing) this.#takeFrames(member, member.frames, BEFORE + length);
  }

  #takeFrames(member: Member, frames: FrameReader, end: number): void {
    try {
      frames.take(this.#bytes, BEFORE, end);
    } catch (error) {
      this.#fault(member, error);
    }
  }

  /** Has the reader take the bytes from `start` to `end`, after what it left of those before. */
  #take(member: Member, start: number, end: number): void {
    if (this.#closing) return;
    try {
      let at = start;
      const { rest } = member;
      if (rest !== null) {
        if (rest.length > BEFORE) throw new Wrong(`got a line without end: ${quote(rest, 0, rest.length)}`);
        at -= rest.length;
        rest.copy(this.#bytes, at);
      }
      const taken = this.#reader.take(member, this.#bytes, at, end);
      member.rest = taken < end ? Buffer.from(this.#bytes.subarray(taken, end)) : null;
    } catch (error) {
      this.#fault(member, error);
    }
  }

  #fault(member: Member, error: unknown): void {
    if (this.#closing) return;
    this.close();
    const what = error instanceof Error ? error.message : String(error);
    this.onFault(new Wrong(`member ${member.name}: ${what}`, { cause: error }));
  }
}
