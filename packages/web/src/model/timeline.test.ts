/** The timeline against a small model: a server that keeps lines, and brings live ones and answers in any order that a connection allows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { History, Message as Said } from '@palabre/client';
import fc from 'fast-check';
import { lineEntry } from './entries.ts';
import { messageOf } from './messages.ts';
import { type Source, Timeline } from './timeline.ts';
import { Utterances } from './utterances.ts';

/** An answer goes through a few promises before it is taken. */
async function moment(): Promise<void> {
  for (let i = 0; i < 10; i++) await Promise.resolve();
}

interface Asked {
  readonly what: Parameters<Source>[0];
  readonly answer: (history: History | undefined) => void;
  /** What the server has read for it, if it has: its answer is on its way. */
  read?: History | undefined;
}

function said(id: number): Said {
  const marks = { own: false, old: false, private: false, cont: false };
  return { type: 'message', id, at: id, from: `p${id % 3}`, text: `${id}`, ...marks };
}

/** A server, and the connection to it: what has been kept, what is on its way. */
class World {
  readonly timeline: Timeline;
  readonly kept: number[] = [];
  #onTheWay: number[] = [];
  #asked: Asked[] = [];
  #turns = 0;

  constructor(already: number) {
    for (let i = 0; i < already; i++) this.kept.push(this.kept.length + 1);
    const silent = { changed: () => {}, kept: () => {}, problemOf: () => ({ what: 'other' }) as const };
    const utterances = new Utterances(() => Promise.resolve({}), silent);
    const turn = (): number => ++this.#turns;
    this.timeline = new Timeline({
      source: () => (what) =>
        new Promise((resolve, reject) => {
          this.#asked.push({
            what,
            answer: (history) => (history ? resolve(history) : reject(new Error('lost'))),
          });
        }),
      utterances,
      entry: (line) => lineEntry(line, 0, 0, false),
      message: (lines, head) => messageOf(lines, head, 'lobby', utterances, () => undefined),
      waiting: () => assert.fail('nothing is said here'),
      showComings: () => true,
      ...{ me: () => 'me', turn, now: () => 0 },
    });
  }

  /** Lines are said and kept, and on their way. */
  say(count: number): void {
    for (let i = 0; i < count; i++) {
      const id = this.kept.length + 1;
      this.kept.push(id);
      this.#onTheWay.push(id);
    }
  }

  /** Some of what is on its way comes. */
  bring(count: number): void {
    for (const id of this.#onTheWay.splice(0, count)) {
      const line = lineEntry(said(id), 0, 0, false);
      this.timeline.live(line);
    }
  }

  /** The server reads what was asked for first. */
  read(): void {
    const asked = this.#asked[0];
    if (asked) asked.read ??= this.#history(asked.what);
  }

  /** The first that was asked is answered, by what was read, or is now; or can't be. */
  async answer(well: boolean): Promise<void> {
    this.read();
    const asked = this.#asked.shift();
    asked?.answer(well ? asked.read : undefined);
    await moment();
  }

  /** The line is lost, and what was on it: what was asked for is asked again, and lines are missing. */
  async gap(): Promise<void> {
    this.#onTheWay = [];
    for (const asked of this.#asked) asked.read = undefined;
    void this.timeline.mend();
    await this.settle();
  }

  async settle(): Promise<void> {
    await moment();
    while (this.#asked.length > 0) await this.answer(true);
    this.bring(Number.POSITIVE_INFINITY);
  }

  get shown(): number[] {
    return this.timeline.items.value.flatMap((item) =>
      item.type === 'message' ? item.text.split('\n').map(Number) : [],
    );
  }

  #history({ before, after, limit = 50 }: Asked['what']): History {
    const found = this.kept.filter((id) => id < (before ?? id + 1) && id > (after ?? 0));
    const oldest = after !== undefined && before === undefined;
    const page = oldest ? found.slice(0, limit) : found.slice(-limit);
    return { messages: page.map(said), more: found.length > page.length };
  }

  /** What is shown has no hole but for what is still on its way, and where it says that there is nothing more there is nothing more. */
  check(): void {
    const { shown, timeline, kept } = this;
    const [first = 1] = shown;
    const last = shown.at(-1) ?? 0;
    assert.deepEqual(
      shown,
      shown.toSorted((a, b) => a - b),
    );
    assert.equal(new Set(shown).size, shown.length, 'nothing twice');
    const held = new Set([...shown, ...this.#onTheWay]);
    for (let id = first; id < last; id++) assert.ok(held.has(id), `${id} is missing`);
    if (shown.length === 0) return;
    const known = kept.length - this.#onTheWay.length;
    if (!timeline.hasOlder.value) assert.equal(first, 1);
    if (!timeline.hasNewer.value && timeline.loading.value === undefined)
      assert.ok(last >= known, `${last} of ${known}`);
  }
}

const step = fc.oneof(
  fc.record({ do: fc.constant('say' as const), n: fc.integer({ min: 1, max: 150 }) }),
  fc.record({ do: fc.constant('bring' as const), n: fc.integer({ min: 1, max: 100 }) }),
  fc.record({
    do: fc.constantFrom(
      'read' as const,
      'answer' as const,
      'answer' as const,
      'lose' as const,
      'gap' as const,
    ),
    n: fc.constant(0),
  }),
  fc.record({
    do: fc.constantFrom(
      'load' as const,
      'older' as const,
      'newer' as const,
      'toEnd' as const,
      'around' as const,
      'come' as const,
    ),
    n: fc.nat({ max: 600 }),
  }),
);

test('2.8 whatever comes first, history and live lines are one order without hole or double', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat({ max: 400 }),
      fc.array(step, { maxLength: 60, size: 'max' }),
      async (already, steps) => {
        const world = new World(already);
        const { timeline } = world;
        for (const { do: what, n } of steps) {
          if (what === 'say') world.say(n);
          else if (what === 'bring') world.bring(n);
          else if (what === 'answer' || what === 'lose') await world.answer(what === 'answer');
          else if (what === 'read') world.read();
          else if (what === 'gap') await world.gap();
          else if (what === 'around') void timeline.around(n);
          else if (what === 'come') timeline.happened('came', 'somebody');
          else void timeline[what]();
          world.check();
        }
        await world.settle();
        world.check();
        void timeline.load();
        void timeline.toEnd();
        await world.settle();
        world.check();
        assert.equal(world.shown.at(-1) ?? 0, world.kept.length);
        while (timeline.hasOlder.value && timeline.entries.length < 1500) {
          void timeline.older();
          await world.settle();
          world.check();
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('a window is bounded: what is beyond is let go, and had again', async () => {
  const world = new World(0);
  void world.timeline.load();
  await world.settle();
  for (let i = 0; i < 50; i++) {
    world.say(100);
    world.bring(100);
    assert.ok(world.timeline.items.value.length <= 2300);
  }
  world.check();
  assert.equal(world.timeline.hasOlder.value, true);
  while (world.timeline.hasOlder.value) {
    void world.timeline.older();
    await world.settle();
    world.check();
    assert.ok(world.timeline.items.value.length <= 2300);
  }
  assert.equal(world.shown[0], 1);
  assert.equal(world.timeline.hasNewer.value, true);
  while (world.timeline.hasNewer.value) {
    void world.timeline.newer();
    await world.settle();
    world.check();
  }
  assert.equal(world.shown.at(-1), 5000);
});

test('a gap that is wider than a page: what was before it is let go, and can be had again', async () => {
  const world = new World(50);
  void world.timeline.load();
  await world.settle();
  world.say(300);
  await world.gap();
  world.check();
  assert.deepEqual([world.shown[0], world.shown.length], [251, 100]);
  world.say(30);
  await world.gap();
  world.check();
  assert.equal(world.shown.length, 130, 'what joins on is kept');
});

test('who comes while the newest lines are on their way is shown, at its place among those that come live', async () => {
  const world = new World(3);
  const { timeline } = world;
  void timeline.load();
  timeline.happened('came', 'bo');
  world.say(1);
  world.bring(1);
  timeline.happened('left', 'bo');
  await world.settle();
  world.check();
  const shown = timeline.items.value.map((item) =>
    item.type === 'notice'
      ? [...item.came.map((who) => `+${who}`), ...item.left.map((who) => `-${who}`)]
      : item.type,
  );
  assert.deepEqual(
    shown.filter((item) => item !== 'day'),
    ['message', 'message', 'message', ['+bo'], 'message', ['-bo']],
  );
});
