import { nameKey } from '@palabre/protocol';
import { addressesIn, type Bans } from '../admission/bans.ts';
import type { Invitations } from '../admission/invitations.ts';
import type { OperatorCommand, RequestId } from '../chat/commands.ts';
import type { Act, Answer } from '../chat/effects.ts';
import type { Ban } from '../chat/records.ts';
import type { Connections } from '../listeners/connections.ts';
import type { Log } from '../log/log.ts';

type Unnumbered<Command> = Command extends OperatorCommand ? Omit<Command, 'request'> : never;

/** A command that is answered, but for its number. */
export type Order = Unnumbered<Exclude<OperatorCommand, { readonly type: 'evict' | 'unannounce' }>>;

/**
 * What an operator orders: put into the log as a command, and answered when its effects have come back; they have been durable since, and
 * seen by everybody in their turn.
 */
export class Orders {
  readonly #log: Log;
  readonly #connections: Connections;
  readonly #bans: Bans;
  readonly #invitations: Invitations;
  readonly #waiting = new Map<RequestId, (answer: Answer) => void>();
  #lastRequest = 0;

  constructor(log: Log, connections: Connections, bans: Bans, invitations: Invitations) {
    this.#log = log;
    this.#connections = connections;
    this.#bans = bans;
    this.#invitations = invitations;
  }

  give(order: Order): Promise<Answer> {
    const request = ++this.#lastRequest;
    const answer = new Promise<Answer>((resolve) => this.#waiting.set(request, resolve));
    this.#log.append({ ...order, request });
    return answer;
  }

  /** An effect, in its turn. */
  carryOut(act: Act): void {
    switch (act.type) {
      case 'answer':
        this.#settle(act.request, act.answer);
        break;
      case 'ban':
        this.#bans.add(act.ban);
        this.#sendAway(act.ban, act.request);
        break;
      case 'unban':
        this.#settle(act.request, this.#bans.remove(act.subject) ? DONE : { type: 'none' });
        break;
      case 'withdraw':
        this.#invitations.withdraw(act.invitation, act.until);
        this.#settle(act.request, DONE);
        break;
      default:
        act satisfies never;
    }
  }

  // 4.7  only now, when nobody else who matches can come in: whoever did so while the ban was being kept goes too
  #sendAway({ subject }: Ban, request: RequestId): void {
    if (subject.type === 'name') {
      this.#log.append({ type: 'expel', name: nameKey(subject.name), request });
      return;
    }
    const all = [...this.#connections.all()];
    const addresses = addressesIn(subject.network, new Set(all.map(({ remote }) => remote.address)));
    const matching = all.filter(({ remote }) => addresses.has(remote.address));
    for (const { outlet } of matching) this.#log.append({ type: 'evict', connection: outlet.connection });
    this.#settle(request, { type: 'done', connections: matching.length });
  }

  #settle(request: RequestId, answer: Answer): void {
    this.#waiting.get(request)?.(answer);
    this.#waiting.delete(request);
  }
}

const DONE: Answer = { type: 'done', connections: 0 };
