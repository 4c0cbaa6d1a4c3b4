/**
 * A small server of the extended form, in memory, written from the protocol's section 3 and from nothing else: what the client is tested against.
 * Lines in, lines out; no time of its own. It can be told to forget people, to be full, to know only the nine words.
 */
import { type Line, nameKey, parseLine, parseName } from '@palabre/protocol';
import { type Kept, matching, told } from './fake-history.ts';

export interface Member {
  name: string;
  token: string;
  readonly rooms: Set<string>;
  readonly refs: Map<string, Kept>;
  readonly seats: Set<Seat>;
}

/** One connection, as the server has it. */
export class Seat {
  readonly say: (line: string) => void;
  readonly close: () => void;
  member: Member | undefined;
  extended = false;
  /** Refuses to keep anything until the client has said `EXT` again: what it says between the two would overtake. */
  refusing = false;

  constructor(say: (line: string) => void, close: () => void) {
    this.say = say;
    this.close = close;
  }
}

export interface FakeOptions {
  /** Knows nothing but the nine words; `silent`: and has no answer to others from who is in. */
  readonly plain?: boolean | 'silent';
}

export class FakeServer {
  readonly #plain: boolean | 'silent';
  readonly members = new Map<string, Member>();
  kept: Kept[] = [];
  /** Lets nobody in. */
  bans = false;
  /** Who enters has to show it. */
  key: string | undefined;
  /** As long as it holds, nothing can be kept. */
  full = false;
  /** What a plain client that asks who is there is told instead: a line each. */
  whoIs: string[] | undefined;
  /** Happens between the answer to who resumes and the replay. */
  beforeReplay = (): void => {};
  #ids = 0;
  #at = 1_795_341_600_000;
  #tokens = 0;

  constructor({ plain = false }: FakeOptions = {}) {
    this.#plain = plain;
  }

  join(say: (line: string) => void, close: () => void): Seat {
    const seat = new Seat(say, close);
    seat.say('WHO');
    return seat;
  }

  /** The connection is gone. The member stays (3.7) until it is forgotten; in the plain form it leaves. */
  leave(seat: Seat): void {
    const { member } = seat;
    member?.seats.delete(seat);
    seat.member = undefined;
    if (member && !seat.extended && member.seats.size === 0) this.forget(member.name);
  }

  /** The time to come back is over for this member. */
  forget(name: string): void {
    const member = this.members.get(nameKey(name));
    if (!member) return;
    this.members.delete(nameKey(name));
    this.#tell(this.members.values(), (extended) => `${extended ? '@why=lost ' : ''}LFT ${name}`);
  }

  /** It is started anew, and had kept nothing. Cut the lines before. */
  restartEmpty(): void {
    this.members.clear();
    this.kept = [];
    this.#ids = 0;
  }

  /** Says something for somebody who has no connection. */
  speak(name: string, text: string, facts: Partial<Kept> = {}): void {
    this.#keep({ word: 'MSG', from: name, text, ...facts });
  }

  hear(seat: Seat, text: string): void {
    const line = parseLine(text);
    if (!line) throw new Error(`the client said what is no line: ${text}`);
    const tag = (key: string): string | undefined => line.tags?.get(key);
    if (this.#plain && (line.tags || ['EXT', 'HST', 'LST'].includes(line.word))) {
      if (!seat.member) seat.say('WHO');
      else if (this.#plain !== 'silent') seat.say(`ERR ${seat.member.name}`);
    } else if (line.word === 'EXT') {
      seat.extended = true;
      seat.refusing = false;
      seat.say(`${tags({ line: '4096', linger: '60', ref: tag('ref') })} EXT fake/1`);
    } else if (!seat.member) this.#name(seat, line);
    else this.#do(seat, seat.member, line);
  }

  #name(seat: Seat, line: Line): unknown {
    const ref = line.tags?.get('ref');
    const name = parseName(line.rest);
    if (line.word !== 'IAM') return seat.say('WHO');
    if (this.bans) return seat.say(`${tags({ ref, why: 'banned' })} ERR ${line.rest}`);
    const token = line.tags?.get('token');
    const known = [...this.members.values()].find((member) => member.token === token);
    if (known) return this.#resume(seat, known, line);
    if (!name) return seat.say(`${seat.extended ? `${tags({ ref, why: 'name' })} ` : ''}ERR ${line.rest}`);
    if (this.key !== undefined && line.tags?.get('key') !== this.key) {
      return seat.say(`${seat.extended ? `${tags({ ref, why: 'key' })} ` : ''}ERR ${name}`); // 3.13
    }
    if (this.members.has(nameKey(name))) {
      return seat.say(`${seat.extended ? `${tags({ ref, why: 'taken' })} ` : ''}TKN ${name}`);
    }
    const member: Member = {
      name,
      token: `token-${++this.#tokens}`,
      rooms: new Set(),
      refs: new Map(),
      seats: new Set(),
    };
    this.#tell(this.members.values(), () => `ARR ${name}`);
    this.members.set(nameKey(name), member);
    member.seats.add(seat);
    seat.member = member;
    seat.say(
      `${seat.extended ? `${tags({ ref, token: member.token, at: `${this.#at}` })} ` : ''}ARR ${name}`,
    );
  }

  #resume(seat: Seat, member: Member, line: Line): unknown {
    member.seats.add(seat);
    seat.member = member;
    const ref = line.tags?.get('ref');
    const facts = { resumed: '', at: `${++this.#at}` };
    seat.say(`${tags({ ref, token: member.token, ...facts })} ARR ${member.name}`);
    for (const room of member.rooms) seat.say(`${tags({ room, ...facts })} ARR ${member.name}`);
    const after = line.tags?.get('after');
    if (after === undefined) return undefined;
    this.beforeReplay();
    const missed = this.kept.filter((kept) => kept.id > Number(after) && this.#sees(member, kept));
    const newest = missed.slice(-1000);
    for (const kept of newest) seat.say(told(kept, member.name, { old: '' }));
    seat.say(`${tags({ count: `${newest.length}`, more: missed.length > 1000 ? '' : undefined })} HST`);
  }

  #do(seat: Seat, member: Member, line: Line): unknown {
    const ref = line.tags?.get('ref');
    const room = line.tags?.get('room');
    const answer = (rest: string, facts: Record<string, string | undefined> = {}): void =>
      seat.say(seat.extended ? `${tags({ ref, room, ...facts })} ${rest}` : rest);
    const refuse = (why: string): void => answer(`ERR ${member.name}`, { why });
    switch (line.word) {
      case 'WHO': {
        const those = [...this.members.values()].filter(({ rooms }) => room === undefined || rooms.has(room));
        if (this.whoIs) return this.whoIs.forEach((each) => void seat.say(`WHO ${each}`));
        const names = those.map(({ name }) => name);
        // In two lines, so that there is something to put together.
        if (seat.extended && names.length > 1) answer(`WHO ${names.splice(0, 1)}`, { more: '' });
        return answer(`WHO ${names.join(' ')}`);
      }
      case 'IAM':
        return room === undefined
          ? this.#rename(seat, member, line.rest, answer)
          : this.#enter(seat, member, room, ref);
      case 'BYE':
        if (room === undefined) return this.#bye(seat, member, ref);
        if (!member.rooms.has(room)) return refuse('room');
        this.#tell(
          this.#inside(room),
          (_, other) => `${tags({ room, ref: other === seat ? ref : undefined })} LFT ${member.name}`,
        );
        member.rooms.delete(room);
        return undefined;
      case 'LST': {
        const rooms = new Set([...this.members.values()].flatMap((each) => [...each.rooms]));
        for (const each of rooms) answer(`LST ${each} ${this.#inside(each).length}`);
        return answer('LST', { count: `${rooms.size}` });
      }
      case 'HST': {
        if (room !== undefined && !member.rooms.has(room)) return refuse('room');
        const { found, more } = matching(this.kept, member.name, line.tags);
        for (const kept of found) seat.say(told(kept, member.name, { ref, old: '' }));
        return answer('HST', { count: `${found.length}`, more: more ? '' : undefined });
      }
      case 'MSG':
      case 'PRV':
        return this.#say(seat, member, line, refuse);
      default:
        return refuse('word');
    }
  }

  // 3.6  What was kept under this ref is looked for first: whether it could be said now does not matter.
  #say(seat: Seat, member: Member, line: Line, refuse: (why: string) => void): unknown {
    const ref = line.tags?.get('ref');
    const room = line.tags?.get('room');
    const said = ref === undefined ? undefined : member.refs.get(ref);
    if (said) return seat.say(told(said, member.name, { ref }));
    if (seat.refusing || this.full) {
      seat.refusing = true;
      return refuse('full');
    }
    if (room !== undefined && !member.rooms.has(room)) return refuse('room');
    const facts = { from: member.name, room, re: line.tags?.get('re'), cont: line.tags?.has('cont') };
    if (line.word === 'MSG') {
      return this.#keep({ word: 'MSG', text: line.rest, ...facts }, seat, ref);
    }
    const space = line.rest.indexOf(' ');
    const to = line.rest.slice(0, space);
    if (!this.members.has(nameKey(to))) return refuse('nobody');
    return this.#keep({ word: 'PRV', text: line.rest.slice(space + 1), to, ...facts }, seat, ref);
  }

  #keep(facts: Omit<Kept, 'id' | 'at'>, seat?: Seat, ref?: string): void {
    const kept: Kept = { id: ++this.#ids, at: ++this.#at, ...facts };
    this.kept.push(kept);
    const { member } = seat ?? {};
    if (ref !== undefined) member?.refs.set(ref, kept);
    for (const other of this.members.values()) {
      if (!this.#sees(other, kept)) continue;
      for (const each of other.seats) {
        if (each.extended) each.say(told(kept, other.name, { ref: each === seat ? ref : undefined }));
        else if (each !== seat || kept.to === other.name) each.say(`${kept.word} ${kept.from} ${kept.text}`);
      }
    }
  }

  #sees(member: Member, { word, from, to, room }: Kept): boolean {
    if (word === 'PRV')
      return member.name === from || (to !== undefined && nameKey(to) === nameKey(member.name));
    return room === undefined || member.rooms.has(room);
  }

  #enter(seat: Seat, member: Member, room: string, ref: string | undefined): void {
    member.rooms.add(room);
    this.#tell(
      this.#inside(room),
      (_, other) => `${tags({ room, ref: other === seat ? ref : undefined })} ARR ${member.name}`,
    );
  }

  #rename(
    seat: Seat,
    member: Member,
    name: string,
    answer: (rest: string, facts?: Record<string, string>) => void,
  ): unknown {
    const key = nameKey(name);
    if (!parseName(name)) return answer(`ERR ${name}`, { why: 'name' });
    if (this.members.has(key)) return answer(`TKN ${name}`, { why: 'taken' });
    const was = member.name;
    const at = `${++this.#at}`;
    this.members.delete(nameKey(was));
    member.name = name;
    answer(`ARR ${name}`, { at });
    this.#tell([...this.members.values(), member], (extended, other) =>
      other === seat ? '' : extended ? `@was=${was};at=${at} ARR ${name}` : `LFT ${was}\nARR ${name}`,
    );
    this.members.set(key, member);
  }

  #bye(seat: Seat, member: Member, ref: string | undefined): void {
    this.members.delete(nameKey(member.name));
    const lft = (extended: boolean, other?: Seat): string =>
      (extended ? `${tags({ why: 'bye', ref: other === seat ? ref : undefined })} ` : '') +
      `LFT ${member.name}`;
    this.#tell([...this.members.values(), member], lft);
    for (const each of [...member.seats]) each.close();
  }

  #inside(room: string): Member[] {
    return [...this.members.values()].filter(({ rooms }) => rooms.has(room));
  }

  #tell(members: Iterable<Member>, line: (extended: boolean, seat: Seat) => string): void {
    for (const { seats } of members) {
      for (const seat of seats)
        for (const one of line(seat.extended, seat).split('\n')) if (one) seat.say(one);
    }
  }
}

function tags(facts: Record<string, string | undefined>): string {
  const parts = Object.entries(facts).filter(([, value]) => value !== undefined);
  return `@${parts.map(([key, value]) => (value === '' ? key : `${key}=${value}`)).join(';') || 'x'}`;
}
