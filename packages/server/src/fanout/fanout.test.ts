import assert from 'node:assert/strict';
import { performance } from 'node:perf_hooks';
import { test } from 'node:test';
import { nameKey, parseName } from '@palabre/protocol';
import { Counters } from '../metrics/counters.ts';
import { BATCH_FULL_BYTES, LAGGING_BYTES, OWED_BYTES, PATIENCE_MS, UNREAD_LIMIT_BYTES } from './bounds.ts';
import { Fanout } from './fanout.ts';
import { Outlet } from './outlet.ts';
import type { Wire } from './wire.ts';

class FakeWire implements Wire {
  readonly framing = undefined;
  got: Buffer[] = [];
  full = false;
  ended = 0;
  unsent = 0;
  write(pieces: readonly Buffer[]): boolean {
    this.got.push(...pieces);
    return !this.full;
  }
  end(): void {
    this.ended++;
  }
  destroy(): void {}
}

const ana = parseName('ana') ?? assert.fail();
const slow: number[] = [];

/** A room of `size` outlets, numbered from 1. */
function room(size: number): {
  fanout: Fanout;
  outlets: Outlet[];
  wires: FakeWire[];
  say: (text: string, from?: number) => void;
} {
  slow.length = 0;
  const fanout = new Fanout((connection) => slow.push(connection));
  const wires = Array.from({ length: size }, () => new FakeWire());
  const outlets = wires.map((wire, i) => new Outlet(i + 1, wire));
  for (const outlet of outlets) fanout.join(outlet, '');
  const say = (text: string, from?: number): void => {
    fanout.broadcast('', { word: 'MSG', name: ana, text }, from === undefined ? undefined : outlets[from]);
  };
  return { fanout, outlets, wires, say };
}

function text(wire: FakeWire | undefined): string {
  return Buffer.concat(wire?.got ?? []).toString();
}

const idle = { goOn() {} };

test('all get the same buffer, the speaker all but its own', () => {
  const { fanout, wires, say } = room(4);
  fanout.flush();
  say('one', 0);
  say('two', 1);
  say('three', 0);
  fanout.flush();
  assert.equal(text(wires[2]), 'MSG ana one\nMSG ana two\nMSG ana three\n');
  assert.equal(wires[2]?.got[0], wires[3]?.got[0]);
  assert.equal(text(wires[0]), 'MSG ana two\n');
  assert.equal(text(wires[1]), 'MSG ana one\nMSG ana three\n');
});

test('readers that stand still hold the same bytes, in few pieces, however many lines they missed', () => {
  const { fanout, wires, outlets, say } = room(2);
  for (const wire of wires) wire.full = true;
  say('first');
  fanout.flush();
  for (let i = 0; i < 1000; i++) {
    say(String(i));
    fanout.flush();
  }
  wires.forEach((wire, i) => {
    wire.full = false;
    wire.got = [];
    fanout.drained(outlets[i] ?? assert.fail());
    assert.ok(wire.got.length <= 3, `${wire.got.length} pieces`);
    assert.equal(wire.got[0]?.buffer, wires[0]?.got[0]?.buffer);
    assert.match(text(wire), /^MSG ana 0\n(MSG ana \d+\n)*MSG ana 999\n$/);
  });
});

test('4.3 who has over 8 MiB unread is too slow, and not before', () => {
  const { fanout, wires, say } = room(50);
  const [deaf] = wires;
  if (deaf) deaf.full = true;
  const line = 'x'.repeat(4000);
  const bytes = line.length + 'MSG ana \n'.length;
  for (let sent = bytes; sent < UNREAD_LIMIT_BYTES; sent += bytes) {
    say(line);
    fanout.flush();
  }
  assert.deepEqual(slow, []);
  for (let i = 0; i < 3; i++) {
    say(line);
    fanout.flush();
  }
  assert.ok(slow.length > 0 && slow.every((connection) => connection === 1));
});

test('4.3 speakers wait while a batch is full, and go on when it has been flushed', () => {
  const { fanout, outlets, say } = room(3);
  const [outlet = assert.fail()] = outlets;
  assert.ok(fanout.mayRead(outlet, idle));
  for (let i = 0; i * 1000 < BATCH_FULL_BYTES; i++) say('x'.repeat(1000));
  let wentOn = 0;
  assert.ok(!fanout.mayRead(outlet, { goOn: () => wentOn++ }));
  fanout.flush();
  assert.equal(wentOn, 1);
  assert.ok(fanout.mayRead(outlet, idle));
});

function behind(size: number, full: number): ReturnType<typeof room> {
  const made = room(size);
  made.fanout.flush();
  for (const wire of made.wires.slice(0, full)) wire.full = true;
  for (let sent = 0; sent < 2 * LAGGING_BYTES; sent += 4000) {
    made.say('x'.repeat(4000));
    made.fanout.flush();
  }
  return made;
}

test('4.3 speakers wait while a quarter of a room is behind, and go on when it has read', () => {
  const { fanout, outlets, wires } = behind(8, 2);
  const last = outlets.at(-1) ?? assert.fail();
  let wentOn = 0;
  assert.ok(!fanout.mayRead(last, { goOn: () => wentOn++ }));
  for (const wire of wires) wire.full = false;
  fanout.drained(outlets[0] ?? assert.fail());
  assert.equal(wentOn, 1);
  assert.ok(fanout.mayRead(last, idle));
});

test('4.3 one reader that is behind, among many, makes nobody wait', () => {
  const { fanout, outlets } = behind(8, 1);
  assert.ok(fanout.mayRead(outlets.at(-1) ?? assert.fail(), idle));
});

test('4.3 one that is behind in a room of its own makes those wait who are in that room, and nobody else', () => {
  const { fanout, outlets, wires, say } = room(8);
  const stranger = new Outlet(9, new FakeWire());
  const [slow = assert.fail(), beside = assert.fail(), other = assert.fail()] = outlets;
  for (const outlet of [slow, beside]) {
    fanout.read(outlet, 'extended');
    fanout.join(outlet, nameKey(ana));
  }
  fanout.flush();
  const wire = wires[0] ?? assert.fail();
  wire.full = true;
  for (let sent = 0; sent < 2 * LAGGING_BYTES; sent += 4000) {
    say('x'.repeat(4000));
    fanout.flush();
  }
  assert.deepEqual(
    [slow, beside, other, stranger].map((outlet) => fanout.mayRead(outlet, idle)),
    [false, false, true, true],
  );
  wire.full = false;
  fanout.drained(slow);
  assert.ok(fanout.mayRead(beside, idle));
});

test('4.3 what a reader has asked for itself makes nobody wait', () => {
  const { fanout, outlets, wires, say } = room(2);
  fanout.flush();
  const [outlet = assert.fail(), other = assert.fail()] = outlets;
  const [wire = assert.fail()] = wires;
  wire.full = true;
  say('one line for all');
  fanout.flush();
  for (let owed = 0; owed < 3 * LAGGING_BYTES; owed += 4000)
    fanout.send(outlet, { word: 'WHO', names: 'x'.repeat(4000) });
  fanout.flush();
  say('and another');
  fanout.flush();
  assert.ok(outlet.owed > 2 * LAGGING_BYTES);
  assert.ok(fanout.mayRead(other, idle));
});

test('4.3 while something else is behind nobody is heard, strangers included', () => {
  const { fanout, outlets } = room(1);
  const [outlet = assert.fail()] = outlets;
  const stranger = new Outlet(9, new FakeWire());
  let wentOn = 0;
  fanout.hold(true);
  for (const one of [outlet, stranger]) assert.ok(!fanout.mayRead(one, { goOn: () => wentOn++ }));
  fanout.flush();
  assert.equal(wentOn, 0);
  fanout.hold(false);
  assert.equal(wentOn, 2);
  assert.ok(fanout.mayRead(stranger, idle));
});

test('a reader that stands still keeps little more than what it is counted as owing', () => {
  const { fanout, wires, outlets, say } = room(40);
  const [wire = assert.fail()] = wires;
  const [outlet = assert.fail()] = outlets;
  wire.full = true;
  // Its own lines are left out: of each slab it keeps a line.
  for (let i = 0; i < 2000; i++) {
    say('x'.repeat(3000), 0);
    if (i % 40 === 0) say('short');
    fanout.flush();
  }
  const { owed } = outlet;
  wire.full = false;
  wire.got = [];
  fanout.drained(outlet);
  const slabs = new Set(wire.got.map(({ buffer }) => buffer));
  const kept = [...slabs].reduce((sum, { byteLength }) => sum + byteLength, 0);
  assert.ok(slabs.size > 20);
  assert.ok(kept < owed + 600_000, `keeps ${kept} bytes, counted as ${owed}`);
});

test('4.3 a reader that takes nothing is not waited for any longer', async () => {
  const { fanout, outlets } = behind(2, 1);
  const last = outlets.at(-1) ?? assert.fail();
  await new Promise<void>((resolve) => {
    assert.ok(!fanout.mayRead(last, { goOn: resolve }));
  });
  assert.ok(fanout.mayRead(last, idle));
});

test('4.3 a reader that has taken nothing for long when it falls behind makes nobody wait', (t) => {
  let now = 1000;
  t.mock.method(performance, 'now', () => now);
  const { fanout, wires, outlets, say } = room(4);
  const [wire = assert.fail()] = wires;
  wire.full = true;
  say('it stands still from here on');
  fanout.flush();
  now += PATIENCE_MS;
  wire.unsent = LAGGING_BYTES + 1;
  say('x'.repeat(LAGGING_BYTES)); // and has missed enough
  fanout.flush();
  assert.equal(fanout.mayRead(outlets[1] ?? assert.fail(), idle), true);
});

test('4.3 who is owed 1 MiB is not heard until it has been given it', () => {
  const { fanout, outlets, wires } = room(2);
  const [outlet = assert.fail()] = outlets;
  const [wire = assert.fail()] = wires;
  for (let owed = 0; owed <= OWED_BYTES; owed += 4000)
    fanout.send(outlet, { word: 'WHO', names: 'x'.repeat(4000) });
  let wentOn = 0;
  assert.ok(!fanout.mayRead(outlet, { goOn: () => wentOn++ }));
  assert.ok(fanout.mayRead(outlets[1] ?? assert.fail(), idle));
  wire.full = true;
  fanout.flush();
  wire.unsent = OWED_BYTES + 1;
  fanout.flush();
  assert.equal(wentOn, 1, 'flushed, and taken by the wire');
});

test('who leaves gets its last line without waiting for the room, and is then ended', async () => {
  const { fanout, outlets, wires } = room(2);
  fanout.flush();
  const [outlet = assert.fail()] = outlets;
  fanout.broadcast('', { word: 'LFT', name: ana }, undefined);
  fanout.part(outlet, '');
  fanout.close(outlet);
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(text(wires[0]), 'LFT ana\n');
  assert.equal(wires[0]?.ended, 1);
  fanout.drop(outlet);
});

test('what goes out is counted: lines, for how many, bytes of a flush, and each time that speakers wait once', () => {
  const flushed: number[] = [];
  const { measures } = new Counters();
  const flushBytes = { observe: (bytes: number) => flushed.push(bytes) };
  const counters = new Counters({ ...measures, flushBytes });
  const fanout = new Fanout(() => {}, counters);
  const outlets = [1, 2, 3].map((id) => new Outlet(id, new FakeWire()));
  for (const outlet of outlets) fanout.join(outlet, '');
  fanout.flush();
  const line = { word: 'MSG', name: ana, text: 'x'.repeat(BATCH_FULL_BYTES / 2) } as const;
  for (let i = 0; i < 3; i++) fanout.broadcast('', line, outlets[0]);
  assert.deepEqual([counters.broadcasts, counters.deliveries], [3, 6]);
  assert.deepEqual([counters.pauses, fanout.speakersWait], [1, true]);
  fanout.flush();
  assert.deepEqual([counters.pauses, fanout.speakersWait], [1, false]);
  assert.equal(flushed.at(-1), 3 * ('MSG ana \n'.length + line.text.length));
});
