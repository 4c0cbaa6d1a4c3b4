import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refused } from '@palabre/client';
import type { InputLine } from './input.ts';
import { Pipeline } from './pipeline.ts';

/** A server that answers when it is told to. */
function scene(limit: number, silenceMs = 60_000) {
  const waiting: { text: string; keep: () => void; refuse: (error: Error) => void }[] = [];
  const failed: string[] = [];
  const silence = Promise.withResolvers<void>();
  const pipeline = new Pipeline({
    limit,
    silenceMs,
    onSilence: silence.resolve,
    onFailure: ({ number }, error) =>
      failed.push(`${number} ${error instanceof Refused ? error.why : error}`),
    say: (text) => {
      const { promise, resolve, reject } = Promise.withResolvers<object>();
      waiting.push({ text, keep: () => resolve({}), refuse: reject });
      return promise;
    },
  });
  const line = (number: number): InputLine => ({ number, text: `line ${number}`, cont: false });
  return { pipeline, waiting, failed, silence: silence.promise, line };
}

test('it takes lines up to the limit without waiting; then until half of them are answered', async () => {
  const { pipeline, waiting, line } = scene(4);
  for (let n = 1; n <= 3; n++) await pipeline.add(line(n));
  let taken = false;
  const fourth = pipeline.add(line(4)).then(() => {
    taken = true;
  });
  assert.deepEqual(
    waiting.map(({ text }) => text),
    ['line 1', 'line 2', 'line 3', 'line 4'],
  );
  waiting[0]?.keep();
  await new Promise(setImmediate);
  assert.equal(taken, false);
  waiting[1]?.keep();
  await fourth;
  waiting[2]?.keep();
  waiting[3]?.keep();
  await pipeline.done();
});

test('what was refused, and what can not be said, is told; the others go on', async () => {
  const { pipeline, waiting, failed, line } = scene(10);
  await pipeline.add(line(1));
  await pipeline.add({ number: 2, problem: 'long' });
  await pipeline.add(line(3));
  waiting[0]?.refuse(new Refused('text'));
  waiting[1]?.keep();
  await pipeline.done();
  assert.deepEqual(failed, ['2 long', '1 text']);
});

test('too long without a receipt is told; while nothing is waited for it is not', async () => {
  const { pipeline, waiting, silence, line } = scene(10, 5);
  await pipeline.add(line(1));
  waiting[0]?.keep();
  await pipeline.done();
  const quiet = await Promise.race([
    silence.then(() => 'told'),
    new Promise((resolve) => setTimeout(resolve, 50, 'quiet')),
  ]);
  assert.equal(quiet, 'quiet');
  await pipeline.add(line(2));
  await silence;
});
