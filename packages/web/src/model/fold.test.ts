import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Item, Message } from './app.ts';
import type { Entry, Happening, LineEntry } from './entries.ts';
import { Fold, textOf } from './fold.ts';

const MINUTE = 60_000;

function line(place: number, from: string, text: string, at = place, cont = false): LineEntry {
  const said = { id: place, from, to: undefined, own: false, text, re: undefined, cont, mention: false };
  return { type: 'line', place, turn: 0, at, ...said };
}

function happening(
  type: Happening['type'],
  place: number,
  turn: number,
  name: string,
  at = place,
): Happening {
  return { type, place, turn, at, name };
}

function message(lines: readonly LineEntry[], head: boolean): Message {
  const [first] = lines;
  const text = textOf(lines, undefined);
  return {
    type: 'message',
    ...{ key: `m${first?.id}`, id: first?.id, at: first?.at ?? 0, from: first?.from ?? '', own: false },
    ...{ conversation: 'lobby', text, state: 'sent', mention: false, head },
  };
}

function folded(entries: readonly Entry[], showComings = true): readonly Item[] {
  const fold = new Fold({ message, showComings: () => showComings });
  fold.build(entries);
  return fold.items;
}

/** What is shown, in short. */
function short(items: readonly Item[]): string[] {
  return items.map((item) => {
    if (item.type === 'message') return `${item.head ? `${item.from}: ` : ''}${item.text}`;
    if (item.type === 'day') return 'day';
    return [
      ...item.came.map((name) => `+${name}`),
      ...item.left.map((name) => `-${name}`),
      ...(item.gap ? ['gap'] : []),
    ].join();
  });
}

const NOON = new Date(2026, 10, 22, 12).getTime();

test('messages of one speaker are a group, until somebody else speaks, time passes, or something happens', () => {
  const entries = [
    line(1, 'ana', 'one', NOON),
    line(2, 'ana', 'two', NOON + MINUTE),
    line(3, 'bo', 'three', NOON + MINUTE),
    line(4, 'ana', 'four', NOON + MINUTE),
    line(5, 'ana', 'five', NOON + 7 * MINUTE),
    happening('came', 5, 1, 'cy', NOON),
    happening('left', 5, 2, 'dee', NOON),
    line(6, 'ana', 'six', NOON + 7 * MINUTE),
  ];
  const lines = ['ana: one', 'two', 'bo: three', 'ana: four', 'ana: five'];
  assert.deepEqual(short(folded(entries)), ['day', ...lines, '+cy,-dee', 'ana: six']);
  assert.deepEqual(short(folded(entries, false)), ['day', ...lines, 'six']);
});

test('midnight is marked, once, and not again by a clock that is behind', () => {
  const midnight = new Date(2026, 10, 23).getTime();
  const entries = [
    line(1, 'ana', 'before', midnight - 1),
    line(2, 'ana', 'after', midnight),
    line(3, 'ana', 'behind', midnight - 1),
    line(4, 'ana', 'on time', midnight + 1),
  ];
  assert.deepEqual(short(folded(entries)), ['day', 'ana: before', 'day', 'ana: after', 'behind', 'on time']);
});

test('3.11 a line that goes on joins the last message of its speaker, over what others say in between', () => {
  const entries = [
    line(1, 'ana', 'one', NOON),
    line(2, 'bo', 'meanwhile', NOON),
    line(3, 'ana', 'two', NOON, true),
    line(4, 'cy', 'goes on from nothing', NOON, true),
  ];
  assert.deepEqual(short(folded(entries)), [
    'day',
    'ana: one\ntwo',
    'bo: meanwhile',
    'cy: goes on from nothing',
  ]);
});

const entries = fc
  .array(
    fc.record({
      type: fc.constantFrom(
        'line' as const,
        'line' as const,
        'line' as const,
        'came' as const,
        'left' as const,
        'gap' as const,
      ),
      from: fc.constantFrom('ana', 'bo', 'cy'),
      cont: fc.boolean(),
      minutes: fc.integer({ min: -2, max: 400 }),
    }),
    { maxLength: 120 },
  )
  .map((all) => {
    let at = NOON;
    return all.map(({ type, from, cont, minutes }, i): Entry => {
      at += minutes * MINUTE;
      return type === 'line' ? line(i + 1, from, `${i}`, at, cont) : happening(type, i, i + 1, from, at);
    });
  });

test('one at a time or all at once: what is shown is the same, and what has not changed is the same object', () => {
  fc.assert(
    fc.property(entries, (all) => {
      const fold = new Fold({ message, showComings: () => true });
      const clones = all.map((entry) => ({ ...entry }));
      for (const entry of clones) fold.append(entry);
      const items = [...fold.items];
      assert.deepEqual(items, folded(all));
      fold.build(clones);
      for (const [i, item] of fold.items.entries()) assert.equal(item, items[i]);
      const shown = items.flatMap((item) => (item.type === 'message' ? item.text.split('\n') : []));
      const said = all.flatMap((entry) => (entry.type === 'line' ? entry.text : []));
      assert.deepEqual(shown.toSorted(), said.toSorted());
      assert.equal(new Set(items.map(({ key }) => key)).size, items.length);
    }),
  );
});
