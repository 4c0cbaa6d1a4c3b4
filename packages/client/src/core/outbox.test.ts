import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Closed, QueueFull } from '../errors.ts';
import { Scene, turn, watch } from '../testing/scene.ts';

test('what waits is bounded; what is over is Closed', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana', { queue: 2 });
  scene.network.cut();
  const waiting = [watch(ana.say('one')), watch(ana.say('two'))];
  await assert.rejects(ana.say('three'), QueueFull);
  ana.detach();
  await turn();
  for (const { error } of waiting) assert.ok(error instanceof Closed);
  assert.ok(ana.session);
});

test('at most 128 lines are in flight', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  const said = Array.from({ length: 300 }, (_, i) => watch(ana.say(`${i}`)));
  await turn();
  const flying = () => scene.network.said.filter((line) => / MSG /.test(line)).length;
  assert.equal(flying(), 128);
  await scene.settle();
  assert.equal(flying(), 300);
  assert.deepEqual(
    said.map(({ value }) => value?.id),
    Array.from({ length: 300 }, (_, i) => i + 1),
  );
});

test('a server that can keep nothing now: tried again in order, and nobody asks for less meanwhile', async () => {
  const scene = new Scene();
  const ana = await scene.connect('ana');
  scene.server.full = true;
  const said = ['one', 'two', 'three'].map((text) => watch(ana.say(text)));
  await scene.pass(5000);
  const listed = watch(ana.who());
  await scene.settle();
  assert.deepEqual(listed.value, ['ana']);
  assert.deepEqual(
    said.map(({ value }) => value),
    [undefined, undefined, undefined],
  );
  scene.server.full = false;
  said.push(watch(ana.say('four')));
  // Before a quiet line is asked whether it is there: the server hears EXT because lines are to be tried again.
  await scene.pass(9000);
  assert.deepEqual(
    said.map(({ value }) => value?.id),
    [1, 2, 3, 4],
  );
  assert.deepEqual(
    scene.server.kept.map(({ text }) => text),
    ['one', 'two', 'three', 'four'],
  );
});
