import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LINE_BYTES } from './limits.ts';
import { parseName } from './names.ts';
import { formatPlain, rosterLists, type ServerLine } from './says.ts';
import { utf8Length } from './utf8.ts';

function name(text: string) {
  return parseName(text) ?? assert.fail(`${text} is not a name`);
}

test('each line of the plain form', () => {
  const ana = name('ana');
  const lines: [ServerLine, string][] = [
    [{ word: 'WHO', names: '' }, 'WHO'],
    [{ word: 'WHO', names: 'ana bo' }, 'WHO ana bo'],
    [{ word: 'ERR', about: 'Pseu do' }, 'ERR Pseu do'],
    [{ word: 'ERR', about: '' }, 'ERR'],
    [{ word: 'TKN', name: ana }, 'TKN ana'],
    [{ word: 'ARR', name: ana }, 'ARR ana'],
    [{ word: 'LFT', name: ana }, 'LFT ana'],
    [{ word: 'MSG', name: ana, text: ' hi ' }, 'MSG ana  hi '],
    [{ word: 'PRV', name: ana, text: 'hi' }, 'PRV ana hi'],
  ];
  for (const [line, text] of lines) assert.equal(formatPlain(line), text);
});

test('2.6 a list of names: all of them, in order, in as few lines as their bytes allow', () => {
  const names = fc.array(fc.stringMatching(/^[a-zéü🌳]{1,32}$/u).map(name), { maxLength: 400, size: 'max' });
  fc.assert(
    fc.property(names, (names) => {
      const texts = rosterLists(names).map((names) => formatPlain({ word: 'WHO', names }));
      assert.deepEqual(
        texts.flatMap((text) => text.split(' ').slice(1)),
        names,
      );
      texts.forEach((text, i) => {
        assert.ok(utf8Length(text) <= LINE_BYTES);
        const next = texts[i + 1]?.split(' ')[1];
        if (next !== undefined) assert.ok(utf8Length(`${text} ${next}`) > LINE_BYTES);
      });
    }),
  );
});
