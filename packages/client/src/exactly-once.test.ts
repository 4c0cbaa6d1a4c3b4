/** 3.6, 3.7 as properties: lines cut between any two lines, in either direction, at any time; nothing is lost, doubled or out of order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Chat } from './chat.ts';
import { Unconfirmed } from './errors.ts';
import type { History } from './index.ts';
import type { Receipt } from './options.ts';
import { type Outcome, Scene, Transcript, turn, watch } from './testing/scene.ts';

type Step =
  | { do: 'say'; where: 'lobby' | 'dev' | 'bo'; count: number }
  | { do: 'zoe'; room: boolean; count: number }
  | { do: 'up' | 'down'; lines: number }
  | { do: 'cut' | 'forget' | 'settle' | 'phone' | 'read' }
  | { do: 'pass'; ms: number }
  | { do: 'full'; full: boolean };

const lines = fc.integer({ min: 1, max: 6 });
const common: fc.WeightedArbitrary<Step>[] = [
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      where: fc.constantFrom('lobby' as const, 'dev' as const, 'bo' as const),
      count: fc.oneof(lines, fc.constant(150)),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('zoe' as const), room: fc.boolean(), count: lines }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constantFrom('up' as const, 'down' as const), lines }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('cut' as const, 'settle' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 50, max: 1500 }) }),
  },
];
const rough = fc.oneof(
  ...common,
  { weight: 1, arbitrary: fc.record({ do: fc.constant('full' as const), full: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('phone' as const, 'read' as const) }) },
);
const forgetful = fc.oneof(...common, {
  weight: 2,
  arbitrary: fc.record({ do: fc.constant('forget' as const) }),
});

interface Said {
  readonly text: string;
  readonly outcome: Outcome<Receipt>;
}

async function phoneOf(scene: Scene, { session }: Chat): Promise<Chat> {
  return await scene.connect('ana', session ? { session } : {});
}

/** Runs the steps, then mends everything and waits until it has come to rest. */
async function play(steps: readonly Step[]) {
  const scene = new Scene();
  const ana = await scene.connect('ana', { queue: 100_000 });
  const bo = await scene.connect('bo');
  // Two devices that are both forgotten would be two people after one name.
  const phones = steps.some((step) => step.do === 'forget') ? [] : [await phoneOf(scene, ana)];
  await Promise.all([ana.room('dev').enter(), bo.room('dev').enter(), scene.settle()]);
  const read = new Transcript(ana);
  const said: Said[] = [];
  const lists: Outcome<string[]>[] = [];
  const pages: Outcome<History>[] = [];
  for (const step of steps) {
    switch (step.do) {
      case 'say':
        for (let i = 0; i < step.count; i++) {
          const text = `line ${said.length}`;
          const call =
            step.where === 'lobby'
              ? ana.say(text)
              : step.where === 'dev'
                ? ana.room('dev').say(text)
                : ana.whisper('bo', text);
          said.push({ text, outcome: watch(call) });
        }
        break;
      case 'zoe':
        for (let i = 0; i < step.count; i++)
          scene.server.speak('zoe', 'zoe', step.room ? { room: 'dev' } : {});
        break;
      case 'phone':
        for (const phone of phones) watch(phone.say('phone'));
        break;
      case 'read':
        lists.push(watch(ana.who()));
        pages.push(watch(ana.history({ after: 0, limit: 500 })));
        break;
      case 'up':
        scene.network.moveUp(step.lines);
        break;
      case 'down':
        scene.network.moveDown(step.lines);
        break;
      case 'cut':
        scene.network.cut();
        break;
      case 'forget':
        scene.network.cut();
        scene.server.forget('ana');
        break;
      case 'full':
        scene.server.full = step.full;
        break;
      case 'pass':
        scene.clock.advance(step.ms);
        break;
      case 'settle':
        await scene.settle();
        break;
      default:
        step satisfies never;
    }
    await turn();
  }
  scene.server.full = false;
  await scene.pass(30_000);
  // Whoever has no connection by now is not waited for any longer: a member that was made while its ARR was lost, for one.
  for (const { name, seats } of [...scene.server.members.values()])
    if (seats.size === 0) scene.server.forget(name);
  await scene.pass(120_000);
  return { scene, read, said, lists, pages };
}

test('every line is said once, in order, and receipted; every message is read once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rough, { maxLength: 40, size: 'max' }), async (steps) => {
      const { scene, read, said, lists, pages } = await play(steps);
      const kept = scene.server.kept.filter(({ from, text }) => from === 'ana' && text !== 'phone');
      assert.deepEqual(
        kept.map(({ text }) => text),
        said.map(({ text }) => text),
      );
      assert.deepEqual(
        said.map(({ outcome }) => outcome.value?.id),
        kept.map(({ id }) => id),
      );
      assert.deepEqual(
        read.messages.map(({ id }) => id),
        scene.server.kept.map(({ id }) => id),
      );
      for (const { value } of lists) assert.deepEqual(value, ['ana', 'bo']);
      const lobby = scene.server.kept.filter(({ word, room }) => word === 'MSG' && room === undefined);
      for (const { value } of pages) {
        const ids = value?.messages.map(({ id }) => id) ?? assert.fail('a page never came');
        assert.deepEqual(
          ids,
          lobby.slice(0, ids.length).map(({ id }) => id),
        );
      }
    }),
    { numRuns: 150 },
  );
});

test('where the server forgets who we are: nothing is doubled, and what may be lost is said to be', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(forgetful, { maxLength: 40, size: 'max' }), async (steps) => {
      const { scene, read, said } = await play(steps);
      const kept = scene.server.kept.filter(({ from }) => from === 'ana');
      const order = said.map(({ text }) => text);
      const places = kept.map(({ text }) => order.indexOf(text));
      assert.deepEqual(
        places,
        [...new Set(places)].sort((a, b) => a - b),
      );
      for (const { text, outcome } of said) {
        const id = kept.find((one) => one.text === text)?.id;
        if (outcome.value) assert.equal(outcome.value.id, id);
        else assert.ok(outcome.error instanceof Unconfirmed, `${text}: ${outcome.error}`);
      }
      const ids = read.messages.map(({ id }) => id ?? 0);
      assert.deepEqual(
        ids,
        [...new Set(ids)].sort((a, b) => a - b),
      );
      const lobby = scene.server.kept.filter(({ word, room }) => word === 'MSG' && room === undefined);
      assert.deepEqual(
        lobby.filter(({ id }) => !ids.includes(id)),
        [],
      );
    }),
    { numRuns: 150 },
  );
});
