import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { complete } from './completion.ts';

const choices = { names: ['bo', 'Ana', 'anatole'], rooms: ['dev', 'devotion'] };

/** What is offered where `|` stands, and what it makes of the text. */
function offered(marked: string): string[] {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = complete(text, caret, choices);
  return (found?.options ?? []).map(
    ({ insert }) => text.slice(0, found?.from) + insert + text.slice(found?.to),
  );
}

test('commands after a slash at the beginning, names after @, names and rooms where a command asks for them', () => {
  assert.deepEqual(offered('/m|'), ['/msg ', '/mentions ']);
  assert.deepEqual(offered('//m|'), []);
  assert.deepEqual(offered('hi /m|'), []);
  assert.deepEqual(offered('hi @AN|'), ['hi @Ana ', 'hi @anatole ']);
  assert.deepEqual(offered('hi @|'), ['hi @bo ', 'hi @Ana ', 'hi @anatole ']);
  assert.deepEqual(offered('an|'), ['Ana: ', 'anatole: ']);
  assert.deepEqual(offered('hi an|'), []);
  assert.deepEqual(offered('/msg b|'), ['/msg bo ']);
  assert.deepEqual(offered('/w |'), ['/w bo ', '/w Ana ', '/w anatole ']);
  assert.deepEqual(offered('/join #DEV|'), ['/join dev ', '/join devotion ']);
  assert.deepEqual(offered('/search from:a|'), ['/search from:Ana ', '/search from:anatole ']);
  assert.deepEqual(offered('/search tree in:devo|'), ['/search tree in:devotion ']);
  assert.deepEqual(offered('@a|na there'), ['@Ana there', '@anatole there']);
  assert.deepEqual(offered('|'), []);
});

test('all commands are offered, and no more names than one can choose from', () => {
  assert.equal(offered('/|').length, 10);
  const names = Array.from({ length: 5000 }, (_, i) => `ana${i}`);
  assert.equal(complete('@', 1, { names, rooms: [] })?.options.length, 8);
});

test('only after a slash or @ does the list open by itself', () => {
  assert.equal(complete('an', 2, choices)?.auto, false);
  assert.equal(complete('@an', 3, choices)?.auto, true);
  assert.equal(complete('/w', 2, choices)?.auto, true);
});

test('what is to be replaced is around the caret, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('/', '@', 'a', ' ', '\n', 'b') }), fc.nat(), (text, at) => {
      const caret = at % (text.length + 1);
      const found = complete(text, caret, choices);
      if (!found) return;
      assert.ok(found.from <= caret && caret <= found.to && found.to <= text.length);
      assert.match(text.slice(found.from, found.to), /^\S* ?$/);
      assert.ok(found.options.length > 0);
    }),
  );
});
