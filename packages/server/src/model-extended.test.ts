/**
 * The whole extended form against a small model: random runs of people with several connections that enter, rename, go into rooms and out, say
 * and whisper, say the same ref again, are cut off and come back with a token, leave, and are kicked; and of a server that says things itself. The server is whole but for its sockets and its disk.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameKey, parseLine } from '@palabre/protocol';
import fc from 'fast-check';
import { Chat } from './chat/chat.ts';
import type { KeptMessage } from './chat/records.ts';
import { OPEN_DOOR } from './conversation/door.ts';
import { Tokens } from './conversation/tokens.ts';
import { NO_EVENT_LOG } from './event-log.ts';
import { OutputCommit } from './journal/commit.ts';
import type { HistoryQuery, Journal } from './journal/kept.ts';
import { Linger } from './linger.ts';
import { type Connection, Connections } from './listeners/connections.ts';
import { LocalLog } from './log/local.ts';
import { Counters } from './metrics/counters.ts';
import { release } from './release.ts';
import { ArrayWire, HERE } from './testing/array-wire.ts';
import { linesIn } from './testing/frames.ts';

// What an operator is answered is for other tests.
const operator = { carryOut: () => {} };

// ---- The model: what each connection is told, as `tag;tag=value line`, without ids, times and tokens. ----
interface Person {
  name: string;
  readonly rooms: Map<string, number>;
  readonly refs: Set<string>;
  readonly connections: Set<number>;
}
interface Message {
  readonly line: string;
  readonly author: Person;
  readonly to?: Person;
  readonly toName?: string;
  readonly room: string;
}

const SERVER: Person = { name: 'server', rooms: new Map(), refs: new Set(), connections: new Set() };

class Model {
  readonly told: string[][] = [];
  readonly people: Person[] = [];
  readonly of = new Map<number, Person>();
  readonly said: Message[] = [];
  readonly rooms: string[] = [];
  readonly tell = (connections: Iterable<number>, text: (one: number) => string): void => {
    for (const one of connections) this.told[one]?.push(text(one));
  };
  readonly all = (room = ''): number[] =>
    this.people.filter((one) => room === '' || one.rooms.has(room)).flatMap((one) => [...one.connections]);
  error = (c: number, ref: string, why: string): void =>
    this.tell([c], () => `ref=${ref};why=${why} ERR ${this.of.get(c)?.name}`);

  enter(c: number, name: string): void {
    if (this.people.some((one) => one.name === name)) {
      this.tell([c], () => `ref=in;why=taken TKN ${name}`);
      return;
    }
    this.tell(this.all(), () => `ARR ${name}`);
    const person: Person = {
      name,
      rooms: new Map([['', this.said.length]]),
      refs: new Set(),
      connections: new Set([c]),
    };
    this.people.push(person);
    this.of.set(c, person);
    this.tell([c], () => `ref=in ARR ${name}`);
  }
  resume(c: number, person: Person, after: number): void {
    this.of.set(c, person);
    person.connections.add(c);
    const missed = this.said.filter(({ author, to, room }, i) => {
      if (i < after) return false;
      if (to) return author === person || to === person;
      return i >= (person.rooms.get(room) ?? Number.POSITIVE_INFINITY);
    });
    this.tell([c], () => `ref=in;resumed ARR ${person.name}`);
    for (const room of person.rooms.keys())
      if (room) this.tell([c], () => `room=${room};resumed ARR ${person.name}`);
    for (const { line, author, toName, room } of missed) {
      const tags = ['old', room && `room=${room}`, toName && author === person && `to=${toName}`]
        .filter(Boolean)
        .join(';');
      this.tell([c], () => `${tags} ${line}`);
    }
    this.tell([c], () => `ref=in;count=${missed.length} HST`);
  }
  rename(c: number, me: Person, name: string): void {
    if (this.people.some((one) => one.name === name && one !== me)) {
      this.tell([c], () => `ref=r;why=taken TKN ${name}`);
      return;
    }
    if (me.name !== name)
      this.tell(
        this.all().filter((one) => one !== c),
        () => `was=${me.name} ARR ${name}`,
      );
    me.name = name;
    this.tell([c], () => `ref=r ARR ${name}`);
  }
  visit(c: number, me: Person, room: string): void {
    const known = me.rooms.has(room);
    if (!known) me.rooms.set(room, this.said.length);
    const who = known ? [c] : this.all(room);
    this.tell(who, (one) => `${one === c ? 'ref=v;' : ''}room=${room} ARR ${me.name}`);
  }
  quit(c: number, me: Person, room: string): void {
    if (!me.rooms.has(room)) {
      this.error(c, 'q', 'room');
      return;
    }
    this.tell(this.all(room), (one) => `${one === c ? 'ref=q;' : ''}room=${room};why=bye LFT ${me.name}`);
    me.rooms.delete(room);
  }
  say(c: number, me: Person, room: string, ref: string, text: string): void {
    const again = me.refs.has(ref);
    if (!again && room && !me.rooms.has(room)) {
      this.error(c, ref, 'room');
      return;
    }
    const line = `MSG ${me.name} ${text}`;
    me.refs.add(ref);
    if (!again) this.said.push({ line, author: me, room });
    const there = room !== '' && this.people.some((one) => one.rooms.has(room));
    const tags = (one: number) =>
      [one === c && `ref=${ref}`, there && `room=${room}`].filter(Boolean).join(';');
    this.tell(again ? [c] : this.all(room), (one) => `${tags(one)} ${line}`.trim());
  }
  whisper(c: number, me: Person, to: string, ref: string, text: string): void {
    const other = this.people.find(({ name }) => name === to);
    const line = `PRV ${me.name} ${text}`;
    const toTag = other ? `;to=${other.name}` : '';
    if (me.refs.has(ref)) {
      this.tell([c], () => `ref=${ref}${toTag} ${line}`);
      return;
    }
    if (!other) {
      this.error(c, ref, 'nobody');
      return;
    }
    me.refs.add(ref);
    this.said.push({ line, author: me, to: other, toName: other.name, room: '' });
    if (other !== me) this.tell(other.connections, () => line);
    this.tell(me.connections, (one) => `${one === c ? `ref=${ref};` : ''}to=${other.name} ${line}`);
  }
  leave(c: number, me: Person): void {
    this.tell(this.all(), (one) => `${one === c ? 'ref=b;' : ''}why=bye LFT ${me.name}`);
    this.people.splice(this.people.indexOf(me), 1);
    for (const one of me.connections) this.of.delete(one);
  }
  kick(me: Person): void {
    this.tell(this.all(), () => `why=kicked LFT ${me.name}`);
    this.people.splice(this.people.indexOf(me), 1);
    for (const one of me.connections) this.of.delete(one);
  }
  announce(room: string): void {
    if (room && !this.people.some((one) => one.rooms.has(room))) return;
    this.said.push({ line: 'MSG server text', author: SERVER, room });
    this.tell(this.all(room), () => `${room && `room=${room}`} MSG server text`.trim());
  }
  drop(c: number): void {
    this.of.get(c)?.connections.delete(c);
    this.of.delete(c);
  }
}

// ---- The server, with wires that are arrays and a journal that is one. ----
class ArrayJournal implements Journal {
  readonly kept: KeptMessage[] = [];
  keep(records: Parameters<Journal['keep']>[0]): boolean {
    for (const record of records) if (record.type === 'message') this.kept.push(record.message);
    return false;
  }
  wait(): void {}
  history({ scope, after = 0, before = Number.POSITIVE_INFINITY }: HistoryQuery) {
    assert.equal(scope.type, 'missed');
    const messages = this.kept.filter(({ id, room, author, recipient }) => {
      if (id <= after || id >= before || scope.type !== 'missed') return false;
      if (recipient !== undefined) return author === scope.identity || recipient === scope.identity;
      return scope.rooms.some((one) => one.room === room && id > one.since);
    });
    return Promise.resolve({ messages, more: false });
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}

interface Step {
  readonly do: (typeof DEEDS)[number];
  /** Which connection; of which person one more is made, from which message on; what is needed beside. */
  readonly c: number;
  readonly who: number;
  readonly after: number;
  readonly name: string;
  readonly room: string;
  readonly ref: number;
}

// Those that stand here more than once are done more often.
const DEEDS = [
  ...([
    'enter',
    'enter',
    'resume',
    'resume',
    'drop',
    'flush',
    'who',
    'leave',
    'rename',
    'whisper',
    'whisper',
  ] as const),
  ...(['visit', 'visit', 'visit', 'quit', 'say', 'say', 'say', 'say', 'say'] as const),
  ...(['kick', 'announce'] as const),
];

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom(...DEEDS),
  c: fc.nat(30),
  who: fc.nat(10),
  after: fc.nat(30),
  name: fc.constantFrom('ana', 'bo', 'cy', 'dee', 'eve'),
  room: fc.constantFrom('', 'oak', 'elm'),
  ref: fc.nat(8),
});

async function run(steps: readonly Step[]): Promise<void> {
  const journal = new ArrayJournal();
  const chat = new Chat();
  const connections = new Connections(Number.POSITIVE_INFINITY);
  const tokens = new Tokens(new Uint8Array(32));
  const none = (): void => {};
  const commit = new OutputCommit(journal, (effect) => release(effect, outside), none, none);
  const log = new LocalLog((command, id, at) => commit.add(chat.apply(command, id, at)), 0);
  const linger = new Linger(60_000, log);
  const counters = new Counters();
  const isKept = (): boolean => true;
  const outside = { connections, tokens, isKept, journal, linger, operator, counters, events: NO_EVENT_LOG };
  const model = new Model();
  const open: { wire: ArrayWire; connection: Connection }[] = [];
  const identities = new Map<Person, number>();

  const begin = (): number => {
    const wire = new ArrayWire(open.length);
    const connection = connections.open(wire, HERE, OPEN_DOOR, log, tokens);
    open.push({ wire, connection });
    model.told.push(['WHO', 'line=4096;tags=1024;name=32;linger=60 EXT palabre/0.1.0']);
    hear(open.length - 1, 'EXT');
    return open.length - 1;
  };
  const hear = (one: number, line: string): void => open[one]?.connection.received(Buffer.from(`${line}\n`));

  for (const step of steps) {
    if (step.do === 'enter') {
      const one = begin();
      hear(one, `@ref=in IAM ${step.name}`);
      model.enter(one, step.name);
      connections.fanout.flush();
      const me = model.of.get(one);
      const [, identity] =
        /token=([0-9a-z]+)\./.exec(Buffer.concat(open[one]?.wire.got ?? []).toString()) ?? [];
      if (me && identity) identities.set(me, Number.parseInt(identity, 36));
    } else if (step.do === 'resume') {
      const person = model.people[step.who % Math.max(1, model.people.length)];
      const identity = person && identities.get(person);
      if (!person || identity === undefined || person.connections.size >= 16) continue;
      const after = Math.min(step.after, journal.kept.length);
      const one = begin();
      hear(one, `@ref=in;token=${tokens.sign(identity)};after=${journal.kept[after - 1]?.id ?? 0} IAM any`);
      model.resume(one, person, after);
    } else {
      const one = step.c % Math.max(1, open.length);
      const me = model.of.get(one);
      const room = step.room || 'oak';
      if (!me) continue;
      if (step.do === 'flush') {
        connections.fanout.flush();
        await new Promise((resolve) => setImmediate(resolve));
      } else if (step.do === 'drop') {
        connections.fanout.flush();
        await new Promise((resolve) => setImmediate(resolve)); // what it is owed, a replay too, goes with it
        open[one]?.connection.closed();
        model.drop(one);
      } else if (step.do === 'who') {
        hear(one, '@ref=w WHO');
        model.tell([one], () => `ref=w WHO ${model.people.map(({ name }) => name).join(' ')}`);
      } else if (step.do === 'leave') {
        hear(one, '@ref=b BYE');
        model.leave(one, me);
      } else if (step.do === 'kick') {
        log.append({ type: 'expel', name: nameKey(me.name) });
        model.kick(me);
      } else if (step.do === 'announce') {
        log.append({ type: 'announce', room: nameKey(step.room), text: 'text', request: 1 });
        model.announce(step.room);
      } else if (step.do === 'rename') {
        hear(one, `@ref=r IAM ${step.name}`);
        model.rename(one, me, step.name);
      } else if (step.do === 'visit') {
        hear(one, `@ref=v;room=${room} IAM ${me.name}`);
        model.visit(one, me, room);
      } else if (step.do === 'quit') {
        hear(one, `@ref=q;room=${room} BYE`);
        model.quit(one, me, room);
      } else if (step.do === 'whisper') {
        hear(one, `@ref=${step.ref} PRV ${step.name} text`);
        model.whisper(one, me, step.name, String(step.ref), 'text');
      } else {
        hear(one, `@ref=${step.ref}${step.room && `;room=${step.room}`} MSG text`);
        model.say(one, me, step.room, String(step.ref), 'text');
      }
    }
  }
  connections.fanout.flush();
  await new Promise((resolve) => setImmediate(resolve));
  connections.fanout.flush();
  linger.stop();
  const lines = open.map(({ wire }) => linesIn(wire.got, wire.framing));
  for (const { connection, wire } of open) {
    if (!wire.ended) connection.closed();
  }
  linger.stop();
  assert.deepEqual(
    lines.map((told) => told.map(steady)),
    model.told,
  );
  // No id is for two messages, and what is not a receipt comes in the order of the ids.
  const ids = new Map(journal.kept.map((message) => [message.id, message]));
  assert.equal(ids.size, journal.kept.length);
  for (const told of lines) {
    let last = 0;
    for (const line of told) {
      const tags = parseLine(line)?.tags;
      const id = Number(tags?.get('id') ?? 0);
      if (id === 0 || tags?.has('ref')) continue;
      assert.ok(ids.has(id) && id > last, `${id} after ${last}`);
      last = id;
    }
  }
}

function steady(line: string): string {
  const { tags, word, rest } = parseLine(line) ?? assert.fail(line);
  const kept = [...(tags ?? [])].filter(([key]) => !['id', 'at', 'token'].includes(key));
  const text = kept.map(([key, value]) => (value === '' ? key : `${key}=${value}`)).join(';');
  return `${text} ${word}${rest && ` ${rest}`}`.trim();
}

test('random runs of the extended form agree with the model', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), run), { numRuns: 1000 });
});
