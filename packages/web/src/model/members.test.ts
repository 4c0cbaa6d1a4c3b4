import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Members } from './members.ts';

type Event = { readonly type: 'came' | 'left'; readonly name: string };

const event: fc.Arbitrary<Event> = fc.record({
  type: fc.constantFrom('came' as const, 'left' as const),
  name: fc.constantFrom('ana', 'bo', 'cy', 'dee'),
});

function apply(names: readonly string[], { type, name }: Event): string[] {
  const others = names.filter((one) => one !== name);
  if (type === 'left') return others;
  return names.includes(name) ? [...names] : [...others, name];
}

test('2.8 a list of names that is known late, after what happened since, is right all the same', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { maxLength: 8 }),
      fc.array(event, { maxLength: 8 }),
      fc.array(event, { maxLength: 8 }),
      fc.nat(),
      async (before, during, after, late) => {
        const truth = [...before, ...during].reduce(apply, []);
        const members = new Members();
        const { promise, resolve } = Promise.withResolvers<string[]>();
        const asked = members.ask(() => promise);
        const events = [...during, ...after];
        // The list is of the moment between `during` and `after`; it becomes known somewhere between then and the end.
        const known = during.length + (late % (after.length + 1));
        const tell = ({ type, name }: Event): void => members[type](name);
        for (const one of events.slice(0, known)) tell(one);
        resolve(truth);
        await asked;
        for (const one of events.slice(known)) tell(one);
        assert.deepEqual(members.names.value.toSorted(), after.reduce(apply, truth).toSorted());
      },
    ),
  );
});

test('2.2 a name is one however it is written; another name takes its place in the list', async () => {
  const members = new Members();
  await members.ask(async () => ['ana', 'bo']);
  assert.equal(members.has('ANA'), true);
  members.renamed('BO', 'bob');
  members.renamed('nobody', 'somebody');
  assert.deepEqual(members.names.value, ['ana', 'bob']);
  members.left('Ana');
  assert.deepEqual(members.names.value, ['bob']);
});
