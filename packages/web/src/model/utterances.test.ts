import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Receipt } from '@palabre/client';
import { Unconfirmed } from '@palabre/client';
import fc from 'fast-check';
import { linesOf, stateOf, type Utterance, Utterances } from './utterances.ts';

/** Somebody's lines, each of which waits until the test answers it. */
function speaker() {
  const said: {
    text: string;
    cont: boolean;
    answer: (receipt: Receipt) => void;
    fail: (error: Error) => void;
  }[] = [];
  const all = new Set<Utterance>();
  const utterances = new Utterances(
    (text, { cont = false }) => new Promise((answer, fail) => said.push({ text, cont, answer, fail })),
    {
      changed: (one) => all.add(one),
      kept: () => {},
      problemOf: (error) => ({ what: error instanceof Unconfirmed ? 'unconfirmed' : 'nobody' }),
    },
  );
  return { utterances, said, all };
}

/** A receipt is known a moment after it is given. */
async function moment(): Promise<void> {
  for (let i = 0; i < 5; i++) await Promise.resolve();
}

const texts = fc.array(fc.constantFrom('a', 'b', 'a\nb', 'a\n\na'), { minLength: 1, maxLength: 6 });

test('3.4 the lines of this page and of another device, of the same texts, are told apart once the receipts are there', async () => {
  await fc.assert(
    fc.asyncProperty(
      texts,
      fc.array(fc.constantFrom('a', 'b'), { maxLength: 6 }),
      fc.infiniteStream(fc.boolean()),
      async (here, there, coins) => {
        const { utterances, said, all } = speaker();
        for (const [i, text] of here.entries()) utterances.say(`w${i}`, text, undefined, 0);
        const coin = (): boolean => coins.next().value === true;
        // The server's order: each device's own lines in the order in which they were said.
        const mine = [...said];
        const others = there.map((text) => ({ text, cont: false }));
        const receipts: (() => void)[] = [];
        const own = new Set<number>();
        for (let id = 1; mine.length + others.length > 0; id++) {
          const ofMine = mine.length > 0 && (others.length === 0 || coin());
          const line = ofMine ? mine.shift() : others.shift();
          assert.ok(line);
          if (ofMine) {
            own.add(id);
            const { answer } = line as (typeof said)[number];
            receipts.push(() => answer({ id, at: id }));
          }
          // The receipt is known before the line comes, or later.
          while (receipts.length > 0 && coin()) receipts.shift()?.();
          await moment();
          utterances.heard(id, line.text, undefined, line.cont);
        }
        for (const receipt of receipts) receipt();
        await moment();
        assert.deepEqual(utterances.open, []);
        const ids = [...all].flatMap(({ parts }) => parts.map(({ id }) => id));
        assert.deepEqual(ids, [...own], 'each line has the id of its receipt');
        for (const one of all) assert.equal(stateOf(one), 'sent');
        for (let id = 1; id <= own.size + there.length; id++) {
          assert.equal(utterances.of(id) !== undefined, own.has(id));
        }
      },
    ),
  );
});

test('3.11 an empty line is said as a space, and each line but the first goes on from the one before', () => {
  assert.deepEqual(linesOf('a\n\nb'), ['a', ' ', 'b']);
  const { utterances, said } = speaker();
  utterances.say('w1', 'a\n\nb', 812, 0);
  assert.deepEqual(
    said.map(({ text, cont }) => [text, cont]),
    [
      ['a', false],
      [' ', true],
      ['b', true],
    ],
  );
});

test('what fails is said again or dropped, and what was said of it is not said twice', async () => {
  const { utterances, said, all } = speaker();
  utterances.say('w1', 'a\nb', undefined, 0);
  said[0]?.answer({ id: 1, at: 1 });
  said[1]?.fail(new Error('no'));
  await moment();
  const [one] = all;
  assert.ok(one);
  assert.equal(stateOf(one), 'failed');
  utterances.retry(one);
  assert.equal(stateOf(one), 'waiting');
  assert.deepEqual(
    said.map(({ text }) => text),
    ['a', 'b', 'b'],
  );
  said[2]?.fail(new Error('no'));
  await moment();
  utterances.drop(one);
  assert.deepEqual(utterances.open, []);
});

test('what is unconfirmed and then read was said', async () => {
  const { utterances, said, all } = speaker();
  utterances.say('w1', 'a', undefined, 0);
  said[0]?.fail(new Unconfirmed());
  await moment();
  const [one] = all;
  assert.ok(one);
  assert.equal(stateOf(one), 'failed');
  assert.equal(utterances.heard(7, 'a', undefined, false), one);
  assert.equal(stateOf(one), 'sent');
});
