/**
 * One connection's side of the protocol: lines in, commands for the log out. It knows who may say what, and no socket.
 *
 * A stranger becomes a member when the log has decided so, which may take a while: until then (`ready` is false) no further
 * line is to be given to it, so that what a connection says takes effect in the order in which it was said (2.8).
 */
import { type LineProblem, readLine, TOO_LONG } from '@palabre/protocol';
import type { ConnectionId, Loss } from '../chat/commands.ts';
import type { Log } from '../log/log.ts';
import { bye } from './bye.ts';
import { beginsAsIam, iam } from './iam.ts';
import { msg } from './msg.ts';
import { prv } from './prv.ts';
import { refuse } from './refusals.ts';
import type { Reply, Speaker } from './speaker.ts';
import { who } from './who.ts';

type State = 'stranger' | 'entering' | 'member' | 'over';

export class Conversation implements Speaker {
  readonly connection: ConnectionId;
  readonly #log: Log;
  #state: State = 'stranger';

  constructor(connection: ConnectionId, log: Log) {
    this.connection = connection;
    this.#log = log;
  }

  get identified(): boolean {
    return this.#state === 'member';
  }

  /** Whether the next line may be heard. */
  get ready(): boolean {
    return this.#state !== 'entering';
  }

  get over(): boolean {
    return this.#state === 'over';
  }

  // 1.1  a client connects: WHO
  open(): void {
    this.#log.append({ type: 'invite', connection: this.connection, close: false });
  }

  /** One line, without its end. It is not kept: what outlives the call is copied. */
  hear(line: Uint8Array | typeof TOO_LONG): void {
    if (this.#state === 'over') return;
    const reply = this.#answer(line);
    if (reply === undefined) return;
    if (reply.type === 'enter') this.#state = 'entering';
    else if (reply.type === 'leave' || (reply.type === 'invite' && reply.close)) this.#state = 'over';
    this.#log.append(reply);
  }

  /** What the log has decided on its `IAM`. */
  entered(entered: boolean): void {
    if (this.#state === 'entering') this.#state = entered ? 'member' : 'stranger';
  }

  // 1.11  the connection has ended without BYE
  lost(why: Loss): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#log.append({ type: 'lose', connection: this.connection, why });
  }

  #answer(bytes: Uint8Array | typeof TOO_LONG): Reply {
    if (bytes === TOO_LONG) return refuse(this, 'long'); // 2.6
    const line = readLine(bytes);
    if (typeof line === 'string') return this.#unreadable(bytes, line);
    // Rooms are not reachable yet: what was meant for one must not be said to everybody.
    if (line.tags?.has('room')) return refuse(this, 'room'); // 2.4
    const { word, rest } = line;
    switch (word) {
      case 'MSG':
        return msg(this, rest);
      case 'PRV':
        return prv(this, rest);
      case 'WHO':
        return who(this, rest);
      case 'IAM':
        return iam(this, rest);
      case 'BYE':
        return bye(this, rest);
      case '':
        return this.identified && rest === '' ? undefined : refuse(this, 'word'); // 2.4
      default:
        return refuse(this, 'word'); // 1.2, 2.4
    }
  }

  #unreadable(bytes: Uint8Array, why: LineProblem): Reply {
    const isName = why === 'text' && !this.identified && beginsAsIam(bytes);
    return isName ? { type: 'reject', connection: this.connection, asked: '' } : refuse(this, why); // 1.3, 2.7
  }
}
