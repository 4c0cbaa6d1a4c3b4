/**
 * One connection's side of the protocol: lines in, commands for the log out. It knows who may say what, and no socket.
 *
 * A stranger becomes a member when the log has decided so, which may take a while: until then (`ready` is false) no further
 * line is to be given to it, so that what a connection says takes effect in the order in which it was said (2.8).
 */
import { type LineProblem, readLine, TOO_LONG } from '@palabre/protocol';
import type { Command, ConnectionId, Loss } from '../chat/commands.ts';
import type { Log } from '../log/log.ts';
import { readAsked } from './asked.ts';
import { bye } from './bye.ts';
import type { Door } from './door.ts';
import { ext } from './ext.ts';
import { hst } from './hst.ts';
import { beginsAsIam, iam } from './iam.ts';
import { lst } from './lst.ts';
import { msg } from './msg.ts';
import { prv } from './prv.ts';
import { refuse } from './refusals.ts';
import type { Asked, Reply, Speaker } from './speaker.ts';
import type { Tokens } from './tokens.ts';
import { who } from './who.ts';

const NOTHING: Asked = {};

type State = 'stranger' | 'entering' | 'member' | 'over';

export class Conversation implements Speaker {
  readonly connection: ConnectionId;
  readonly address: string;
  readonly door: Door;
  /** It has asked for the extended form (3.2). */
  extended = false;
  /** How it came to its end, once it is over: it said `BYE`, unless it was lost, or closed by the chat. */
  ending: 'bye' | Loss | 'closed' = 'bye';
  readonly #log: Log;
  readonly #tokens: Tokens;
  #state: State = 'stranger';
  /** It has asked for history, and has not been answered: one at a time, and its answers come in the order in which it asked. */
  #recalling = false;

  /** `address`: the client's. */
  constructor(connection: ConnectionId, address: string, door: Door, log: Log, tokens: Tokens) {
    this.connection = connection;
    this.address = address;
    this.door = door;
    this.#log = log;
    this.#tokens = tokens;
  }

  get identified(): boolean {
    return this.#state === 'member';
  }

  /** Whether the next line may be heard. */
  get ready(): boolean {
    return this.#state !== 'entering' && !this.#recalling;
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
    if (reply.type === 'extend') this.extended = true;
    if (reply.type === 'history') this.#recalling = true;
    if (reply.type === 'enter' || reply.type === 'resume') this.#state = 'entering';
    else if (ends(reply)) this.#state = 'over';
    this.#log.append(reply);
  }

  /** What the log has decided on its `IAM`. */
  entered(entered: boolean): void {
    if (this.#state === 'entering') this.#state = entered ? 'member' : 'stranger';
  }

  /** It has been given the history that it asked for. */
  recalled(): void {
    this.#recalling = false;
  }

  // 1.11  the connection has ended without BYE
  lost(why: Loss): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    if (this.ending === 'bye') this.ending = why;
    this.#log.append({ type: 'lose', connection: this.connection, why });
  }

  /** It is being closed, by whoever else speaks for its member (3.7) or for the server: nothing of what it says counts any more. */
  closed(): void {
    if (this.#state !== 'over') this.ending = 'closed';
    this.#state = 'over';
  }

  #answer(bytes: Uint8Array | typeof TOO_LONG): Reply {
    if (bytes === TOO_LONG) return refuse(this, NOTHING, 'long'); // 2.6
    const line = readLine(bytes);
    if (typeof line === 'string') return this.#unreadable(bytes, line);
    const asked = readAsked(line.tags, this.#tokens);
    if (typeof asked === 'string') return refuse(this, NOTHING, asked); // 3.1
    if (asked.room !== undefined && !this.extended) return refuse(this, asked, 'room'); // 3.8
    const { word, rest } = line;
    switch (word) {
      case 'MSG':
        return msg(this, rest, asked);
      case 'PRV':
        return prv(this, rest, asked);
      case 'WHO':
        return who(this, rest, asked);
      case 'IAM':
        return iam(this, rest, asked);
      case 'BYE':
        return bye(this, rest, asked);
      case 'EXT':
        return ext(this, rest, asked);
      case 'LST':
        return lst(this, rest, asked);
      case 'HST':
        return hst(this, rest, asked);
      case '':
        return this.identified && rest === '' ? undefined : refuse(this, asked, 'word'); // 2.4
      default:
        return refuse(this, asked, 'word'); // 1.2, 2.4
    }
  }

  #unreadable(bytes: Uint8Array, why: LineProblem): Reply {
    const isName = why === 'text' && !this.identified && beginsAsIam(bytes);
    return isName
      ? { type: 'reject', connection: this.connection, asked: '', why: 'name' }
      : refuse(this, NOTHING, why); // 1.3, 2.7
  }
}

/** Whether nothing is heard from the connection after this. */
function ends(reply: Command): boolean {
  return reply.type === 'leave' || ((reply.type === 'invite' || reply.type === 'reject') && !!reply.close);
}
