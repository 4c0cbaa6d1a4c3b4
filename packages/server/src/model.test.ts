/**
 * The whole server but its sockets, against a model of twenty-odd lines: thousands of random runs of up to 20 connections that enter,
 * rename, say, whisper, list, leave, are cut off and talk garbage, of an operator who kicks them and says things, with flushes at any moment and wires
 * that fill up at any moment.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameKey } from '@palabre/protocol';
import fc from 'fast-check';
import { Chat } from './chat/chat.ts';
import type { Command } from './chat/commands.ts';
import { OPEN_DOOR } from './conversation/door.ts';
import { Tokens } from './conversation/tokens.ts';
import { NO_EVENT_LOG } from './event-log.ts';
import { OutputCommit } from './journal/commit.ts';
import { noJournal } from './journal/none.ts';
import { Linger } from './linger.ts';
import { type Connection, Connections } from './listeners/connections.ts';
import { LocalLog } from './log/local.ts';
import { Counters } from './metrics/counters.ts';
import { release } from './release.ts';
import { ArrayWire, HERE } from './testing/array-wire.ts';
import { linesIn } from './testing/frames.ts';

// What an operator is answered is for other tests.
const operator = { carryOut: () => {} };

type Step =
  | { readonly type: 'line'; readonly from: number; readonly line: string; readonly cut: number }
  | { readonly type: 'drop' | 'fill' | 'drain'; readonly from: number }
  | { readonly type: 'kick' | 'announce'; readonly text: string }
  | { readonly type: 'flush' };

// ---- The model: what each connection is told. ----
class Model {
  readonly told = new Map<number, string[]>();
  readonly names = new Map<number, string>();
  /** Their connections are being closed: what they say is nothing any more. */
  readonly kicked = new Set<number>();
  readonly #key = (name: string) => name.normalize('NFKC').toLowerCase();
  readonly #tell = (who: Iterable<number>, line: string, except = -1) => {
    for (const one of who) if (one !== except) this.told.get(one)?.push(line);
  };
  line(from: number, line: string): void {
    if (this.kicked.has(from)) return;
    const me = this.names.get(from);
    const garbage = line.includes('\u001b') || line.length > 4096;
    const [, word = '', rest = ''] = /^([^ ]*) ?(.*)$/s.exec(garbage ? '?' : line) ?? [];
    const holder = (name: string) =>
      [...this.names].find(([, held]) => this.#key(held) === this.#key(name))?.[0];
    if (word === 'IAM') {
      const all = [...this.names.keys()];
      if (!/^[^\s@]+$/.test(rest)) this.#tell([from], `ERR ${rest}`.trim());
      else if ((holder(rest) ?? from) !== from || this.#key(rest) === 'server')
        this.#tell([from], `TKN ${rest}`);
      else {
        if (me && me !== rest) for (const line of [`LFT ${me}`, `ARR ${rest}`]) this.#tell(all, line, from);
        if (!me) this.#tell(all, `ARR ${rest}`);
        this.#tell([from], `ARR ${rest}`);
        this.names.set(from, rest);
      }
    } else if (!me) this.#tell([from], 'WHO');
    else if (word === 'WHO') this.#tell([from], `WHO ${[...this.names.values()].join(' ')}`);
    else if (word === 'MSG' && rest) this.#tell(this.names.keys(), `MSG ${me} ${rest}`, from);
    else if (word === 'PRV' && /^\S+ ./.test(rest)) {
      const to = holder(rest.slice(0, rest.indexOf(' ')));
      this.#tell(
        [to ?? from],
        to === undefined ? `ERR ${me}` : `PRV ${me} ${rest.slice(rest.indexOf(' ') + 1)}`,
      );
    } else if (word === 'BYE') this.#tell(this.names.keys(), `LFT ${me}`);
    else if (line !== '') this.#tell([from], `ERR ${me}`);
    if (word === 'BYE') this.names.delete(from);
  }
  kick(name: string): void {
    for (const [from, held] of this.names) {
      if (this.#key(held) !== this.#key(name)) continue;
      this.#tell(this.names.keys(), `LFT ${held}`);
      this.names.delete(from);
      this.kicked.add(from);
    }
  }
  announce(text: string): void {
    this.#tell(this.names.keys(), `MSG server ${text}`);
  }
  drop(from: number): void {
    const me = this.names.get(from);
    this.names.delete(from);
    if (me) this.#tell(this.names.keys(), `LFT ${me}`);
  }
}

// ---- The server, with wires that are arrays. ----
function assemble(commands: Command[]): {
  connections: Connections;
  open: (wire: ArrayWire) => Connection;
  order: (command: Command) => void;
} {
  const chat = new Chat();
  const connections = new Connections(Number.POSITIVE_INFINITY);
  const tokens = new Tokens(new Uint8Array(32));
  const none = () => {};
  const commit = new OutputCommit(noJournal, (effect) => release(effect, outside), none, none);
  const log = new LocalLog((command, id, at) => {
    commands.push(command);
    commit.add(chat.apply(command, id, at));
  }, 0);
  const linger = new Linger(60_000, log);
  const counters = new Counters();
  const outside = {
    connections,
    tokens,
    isKept: () => true,
    journal: noJournal,
    linger,
    operator,
    counters,
    events: NO_EVENT_LOG,
  };
  const open = (wire: ArrayWire) => connections.open(wire, HERE, OPEN_DOOR, log, tokens);
  return { connections, open, order: (command) => log.append(command) };
}

const text = fc.constantFrom('hi', 'two words', '  ', 'été 🌳', ' x ');
const name = fc.constantFrom(
  'ana',
  'Ana',
  'bo',
  'ＢＯ',
  'cy',
  'dee',
  'éa',
  'E\u0301a',
  'a b',
  '@x',
  'Server',
  '',
);
const line = fc.oneof(
  { weight: 4, arbitrary: name.map((name) => `IAM ${name}`.replace(/ $/, '')) },
  { weight: 6, arbitrary: text.map((text) => `MSG ${text}`) },
  {
    weight: 4,
    arbitrary: fc.tuple(name, text).map(([to, text]) => `PRV ${to.replace(/ b$/, '') || 'zoe'} ${text}`),
  },
  { weight: 2, arbitrary: fc.constantFrom('WHO', 'BYE') },
  {
    weight: 2,
    arbitrary: fc.constantFrom('', 'XYZ', 'MSG', 'PRV', 'PRV ana', `MSG ${'x'.repeat(4100)}`, 'MSG \u001b'),
  },
);

function steps(members: number): fc.Arbitrary<Step[]> {
  const from = fc.nat(members - 1);
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 20, arbitrary: fc.record({ type: fc.constant('line'), from, line, cut: fc.nat(20) }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constant('flush') }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('kick'), text: name }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('announce'), text }) },
    { weight: 3, arbitrary: fc.record({ type: fc.constantFrom('fill', 'drain', 'drop'), from }) },
  );
  return fc.array(step, { maxLength: 60, size: 'max' });
}

interface Line {
  readonly wire: ArrayWire;
  readonly connection: Connection;
}

function run(
  members: number,
  program: readonly Step[],
): { told: string[][]; expected: string[][]; commands: Command[] } {
  const commands: Command[] = [];
  const { connections, open, order } = assemble(commands);
  const model = new Model();
  const lines: Line[] = Array.from({ length: members }, (_, i) => {
    const wire = new ArrayWire(i);
    model.told.set(i, ['WHO']);
    return { wire, connection: open(wire) };
  });
  const dropped = new Set<number>();
  for (const step of program) {
    if (step.type === 'flush') {
      connections.fanout.flush();
      continue;
    }
    if ('text' in step) {
      if (step.type === 'kick') {
        order({ type: 'expel', name: nameKey(step.text) });
        model.kick(step.text);
      } else {
        order({ type: 'announce', room: '', text: step.text, request: 1 });
        model.announce(step.text);
      }
      continue;
    }
    const one = lines[step.from];
    if (!one || dropped.has(step.from)) continue;
    if (step.type === 'line') {
      const bytes = Buffer.from(`${step.line}\n`);
      one.connection.received(bytes.subarray(0, step.cut));
      one.connection.received(bytes.subarray(step.cut));
      model.line(step.from, step.line);
      if (step.line === 'BYE') dropped.add(step.from);
    } else if (step.type === 'drop') {
      // What it is owed goes with it: only what it had been given before counts.
      connections.fanout.flush();
      one.wire.full = false;
      one.connection.drained();
      one.connection.closed();
      model.drop(step.from);
      dropped.add(step.from);
    } else {
      one.wire.full = step.type === 'fill';
      if (!one.wire.full) one.connection.drained();
    }
  }
  connections.fanout.flush();
  for (const { wire, connection } of lines) {
    wire.full = false;
    if (!wire.ended) connection.drained();
  }
  const told = lines.map(({ wire }) => linesIn(wire.got, wire.framing));
  for (const { wire, connection } of lines) {
    wire.destroy();
    connection.closed();
  }
  return { told, expected: [...model.told.values()], commands };
}

const program = fc
  .integer({ min: 1, max: 20 })
  .chain((members) => fc.tuple(fc.constant(members), steps(members)));

test('random runs of up to 20 connections agree with the model, however they are flushed', () => {
  fc.assert(
    fc.property(program, ([members, steps]) => {
      const { told, expected } = run(members, steps);
      assert.deepEqual(told, expected);
    }),
    { numRuns: 3000 },
  );
});

test('the same commands give the same effects and the same records', () => {
  fc.assert(
    fc.property(program, ([members, steps]) => {
      const { commands } = run(members, steps);
      const outcomes = [new Chat(), new Chat()].map((chat) =>
        commands.map((command, i) => chat.apply(command, i + 1, i)),
      );
      assert.deepEqual(outcomes[0], outcomes[1]);
    }),
    { numRuns: 300 },
  );
});
