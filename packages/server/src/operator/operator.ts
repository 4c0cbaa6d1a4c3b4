/** What an operator asks, answered: a line of JSON in, a line of JSON out. It knows no socket: listeners/admin.ts brings the lines. */
import { performance } from 'node:perf_hooks';
import { nameKey } from '@palabre/protocol';
import type { Bans } from '../admission/bans.ts';
import type { Invitations } from '../admission/invitations.ts';
import { type BanSubject, LOBBY } from '../chat/commands.ts';
import type { Answer, Survey } from '../chat/effects.ts';
import type { Ban } from '../chat/records.ts';
import type { EventLog } from '../event-log.ts';
import type { Connections } from '../listeners/connections.ts';
import type { Answers, ShownBan, Stats } from './answers.ts';
import type { Orders } from './orders.ts';
import { BadRequest, parseRequest, type Request } from './requests.ts';
import { countsOf, peopleOf } from './survey.ts';

/** The server, as its operator sees it. */
export interface Premises {
  readonly orders: Orders;
  readonly connections: Connections;
  readonly bans: Bans;
  readonly invitations: Invitations;
  readonly events: EventLog;
  /** Of the page, without a slash at its end; absent: there is none. */
  readonly url: string | undefined;
  /** Whether whoever enters is asked for a key. */
  readonly asksForKey: boolean;
  /** How long it may take to end, in ms. */
  readonly drainMs: number;
  /** Aborted once it ends. */
  readonly draining: AbortSignal;
  /** Ends it. */
  drain(): void;
  /** How its journal is. */
  journal(): Promise<Stats['journal']>;
}

type Of<Command extends Request['command']> = Extract<Request, { command: Command }>;

export class Operator {
  readonly #premises: Premises;
  readonly #began = performance.now();

  constructor(premises: Premises) {
    this.#premises = premises;
  }

  /** Never rejects: what is wrong is said in the answer. */
  async hear(line: string): Promise<string> {
    try {
      return JSON.stringify({ ok: true, ...(await this.#answer(parseRequest(line))) });
    } catch (error) {
      if (!(error instanceof BadRequest)) this.#premises.events.error({ err: error }, 'request failed');
      return refusal(error instanceof Error ? error.message : String(error));
    }
  }

  #answer(request: Request): Promise<object> {
    switch (request.command) {
      case 'who':
        return this.#who();
      case 'stats':
        return this.#stats();
      case 'kick':
        return this.#kick(request);
      case 'ban':
        return this.#ban(request);
      case 'unban':
        return this.#unban(request);
      case 'bans':
        return this.#bans();
      case 'say':
        return this.#say(request);
      case 'drain':
        return this.#drain();
      case 'invite':
        return this.#invite(request);
      case 'withdraw':
        return this.#withdraw(request);
      default:
        return request satisfies never;
    }
  }

  async #who(): Promise<Answers['who']> {
    return { people: peopleOf(await this.#survey(), this.#premises.connections) };
  }

  async #stats(): Promise<Answers['stats']> {
    const { connections, draining, journal } = this.#premises;
    const { rss, heapUsed } = process.memoryUsage();
    const stats = {
      uptimeMs: Math.round(performance.now() - this.#began),
      draining: draining.aborted,
      ...countsOf(await this.#survey(), connections),
      memory: { rssBytes: rss, heapBytes: heapUsed },
      journal: await journal(),
    };
    return { stats };
  }

  async #kick({ name, reason }: Of<'kick'>): Promise<Answers['kick']> {
    const answer = await this.#premises.orders.give({ type: 'expel', name: nameKey(name) });
    if (answer.type !== 'done') throw new BadRequest(`nobody here is called ${name}`);
    const { connections } = answer;
    this.#premises.events.info({ name, reason, connections }, 'kicked');
    return { connections };
  }

  async #ban({ subject, forMs, reason }: Of<'ban'>): Promise<Answers['ban']> {
    const { orders, bans } = this.#premises;
    const answer = await orders.give({ type: 'ban', subject, forMs, reason });
    const connections = answer.type === 'done' ? answer.connections : 0;
    const kept = bans.get(subject);
    if (!kept) throw new BadRequest('that ban was lifted meanwhile');
    const ban = shown(kept);
    this.#premises.events.info({ ...ban, connections }, 'banned');
    return { connections, ban };
  }

  async #unban({ subject }: Of<'unban'>): Promise<Answers['unban']> {
    const answer = await this.#premises.orders.give({ type: 'unban', subject });
    const text = textOf(subject);
    if (answer.type !== 'done')
      throw new BadRequest(`there is no ban of ${text}: 'palabre admin bans' lists those that there are`);
    this.#premises.events.info({ [subject.type === 'name' ? 'name' : 'address']: text }, 'unbanned');
    return { subject: text };
  }

  async #bans(): Promise<Answers['bans']> {
    return { bans: this.#premises.bans.list().map(shown) };
  }

  async #say({ text, room }: Of<'say'>): Promise<Answers['say']> {
    const key = room === undefined ? LOBBY : nameKey(room);
    const answer = await this.#premises.orders.give({ type: 'announce', room: key, text });
    if (answer.type === 'room') throw new BadRequest(`nobody is in a room called ${room}`);
    if (answer.type !== 'done')
      throw new BadRequest('it could not be kept, and so was not said: see to the disk');
    this.#premises.events.info({ room }, 'said');
    return {};
  }

  async #drain(): Promise<Answers['drain']> {
    const { connections, drainMs, drain } = this.#premises;
    const answer = { connections: [...connections.all()].length, boundMs: drainMs };
    drain();
    return answer;
  }

  async #invite({ forMs, room }: Of<'invite'>): Promise<Answers['invite']> {
    const { invitations, events, url, asksForKey } = this.#premises;
    const invitation = invitations.make({ forMs, room });
    const until = invitations.read(invitation)?.until ?? 0;
    events.info({ until, room }, 'invited');
    return { invitation, until, url: url ?? null, asksForKey };
  }

  async #withdraw({ invitation }: Of<'withdraw'>): Promise<Answers['withdraw']> {
    const { invitations, orders, events } = this.#premises;
    const read = invitations.read(invitation);
    if (!read) throw new BadRequest('that is no invitation of this server');
    if (!invitations.accepts(invitation))
      throw new BadRequest('that invitation is over or withdrawn already');
    const { id, until } = read;
    await orders.give({ type: 'withdraw', invitation: id, until });
    events.info({ invitation: id, until }, 'withdrawn');
    return { until };
  }

  async #survey(): Promise<Survey> {
    const answer: Answer = await this.#premises.orders.give({ type: 'survey' });
    if (answer.type !== 'survey') throw new Error(`a survey was answered with '${answer.type}'`);
    return answer.survey;
  }
}

/** The answer to what can't be done. `error`: one sentence. */
export function refusal(error: string): string {
  return JSON.stringify({ ok: false, error });
}

function shown({ subject, since, until, reason }: Ban): ShownBan {
  const who = subject.type === 'name' ? { name: subject.name } : { address: subject.network };
  return { ...who, since, until: until ?? null, reason: reason ?? null };
}

function textOf(subject: BanSubject): string {
  return subject.type === 'name' ? subject.name : subject.network;
}
