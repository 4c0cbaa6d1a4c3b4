import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '@palabre/client';
import fc from 'fast-check';
import { type Ask, beginning, pages, persistent } from './past.ts';

function said(id: number, at: number): Message {
  return {
    type: 'message',
    id,
    at,
    from: 'bo',
    text: '',
    own: false,
    old: true,
    cont: false,
    private: false,
  };
}

/** A history as rule 3.9 has it: with `after` the oldest, without it the newest. */
function history(messages: readonly Message[]): Ask {
  return async ({ after, limit = 50 }) => {
    const later = messages.filter(({ id = 0 }) => id > (after ?? -1));
    const found = after === undefined ? later.slice(-limit) : later.slice(0, limit);
    return { messages: found, more: found.length < later.length };
  };
}

/** Ids that grow, with gaps, and times that do not go back. */
const kept = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.nat(3)), { maxLength: 60 }).map((steps) => {
  const messages: Message[] = [];
  for (const [further, later] of steps) {
    const { id = 0, at = 100 } = messages.at(-1) ?? {};
    messages.push(said(id + further, at + later));
  }
  return messages;
});

test('everything between two ids, oldest first, once', async () => {
  await fc.assert(
    fc.asyncProperty(
      kept,
      fc.nat(300),
      fc.option(fc.nat(300), { nil: undefined }),
      async (messages, after, before) => {
        const found: Message[] = [];
        for await (const page of pages(history(messages), after, before)) found.push(...page);
        const expected = messages.filter(
          ({ id = 0 }) => id > after && id < (before ?? Number.POSITIVE_INFINITY),
        );
        assert.deepEqual(found, expected);
      },
    ),
  );
});

test('more than a page', async () => {
  const messages = Array.from({ length: 1701 }, (_, i) => said(i + 1, i));
  const sizes: number[] = [];
  for await (const page of pages(history(messages), 0, 1601)) sizes.push(page.length);
  assert.deepEqual(sizes, [500, 500, 500, 100]);
});

/** A history of which every second question is not read, and told as that: nothing found, but more to be had. */
function faltering(ask: Ask): Ask {
  let asked = 0;
  return (range) => (asked++ % 2 === 0 ? Promise.resolve({ messages: [], more: true }) : ask(range));
}

test('what could not be read is asked for again, after a pause', async () => {
  const messages = Array.from({ length: 1701 }, (_, i) => said(i + 1, i));
  const pauses: number[] = [];
  const ask = persistent(faltering(history(messages)), async (ms) => void pauses.push(ms));
  const found: Message[] = [];
  for await (const page of pages(ask, 0)) found.push(...page);
  assert.deepEqual(found, messages);
  assert.deepEqual(pauses, [250, 250, 250, 250]);
  assert.equal(await beginning(ask, { at: 1000 }), 1000);
});

test('what can not be read for long is no end of the history', async () => {
  const pauses: number[] = [];
  const never: Ask = async () => ({ messages: [], more: true });
  const ask = persistent(never, async (ms) => void pauses.push(ms));
  await assert.rejects(pages(ask, 0).next(), /the server can't read what was said before/);
  assert.ok(pauses.length > 1);
  // An end is one: nothing is asked again.
  const ended = persistent(history([]), () => assert.fail('there is nothing to wait for'));
  assert.deepEqual(await pages(ended, 0).next(), { value: [], done: false });
});

test('the id after which to begin is that of the last line before the time', async () => {
  await fc.assert(
    fc.asyncProperty(kept, fc.integer({ min: 90, max: 300 }), async (messages, at) => {
      const from = await beginning(history(messages), { at });
      const expected = messages.filter((message) => (message.at ?? 0) >= at);
      assert.deepEqual(
        messages.filter(({ id = 0 }) => id > from),
        expected,
      );
    }),
  );
  assert.equal(await beginning(history([]), { after: 7 }), 7);
});
