import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { Turns } from './turns.ts';

/** Waits for its turn again as often as it has something left to say. */
class Speaker {
  readonly #name: string;
  readonly #turns: Turns;
  readonly #heard: string[];
  #left: number;

  constructor(name: string, turns: Turns, heard: string[], left: number) {
    this.#name = name;
    this.#turns = turns;
    this.#heard = heard;
    this.#left = left;
    turns.wait(this);
  }

  goOn(): void {
    assert.ok(!this.#turns.awaits(this), 'its turn has come');
    this.#heard.push(this.#name);
    if (--this.#left > 0) this.#turns.wait(this);
  }
}

test('one after the other, and who has more to say is behind all others', async () => {
  const turns = new Turns();
  const heard: string[] = [];
  for (const [name, left] of Object.entries({ a: 3, b: 1, c: 2 })) new Speaker(name, turns, heard, left);
  assert.deepEqual(heard, [], 'nobody in the turn in which it began to wait');
  await turn();
  assert.equal(heard.join(''), 'abcaca');
});

test('so many in a turn of the event loop, and the rest in those that follow', async () => {
  const turns = new Turns();
  const heard: string[] = [];
  for (let i = 0; i < 20; i++) new Speaker(`${i}`, turns, heard, 1);
  for (const sofar of [8, 16, 20]) {
    await turn();
    assert.equal(heard.length, sofar);
  }
  assert.deepEqual(
    heard,
    Array.from({ length: 20 }, (_, i) => `${i}`),
  );
});

test('who is gone has no turn, and nobody waits for it', async () => {
  const turns = new Turns();
  const heard: string[] = [];
  const gone = new Speaker('gone', turns, heard, 1);
  new Speaker('a', turns, heard, 1);
  assert.ok(turns.awaits(gone));
  turns.forget(gone);
  assert.ok(!turns.awaits(gone));
  await turn();
  assert.deepEqual(heard, ['a']);
});
