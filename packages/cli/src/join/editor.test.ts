import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { clusterEnd, clustersOf } from '../terminal/clusters.ts';
import { EDITS, type Edit, type Editor, EMPTY, insert, replace, submit } from './editor.ts';

const FAMILY = '👨‍👩‍👧';
const piece = fc.constantFrom(
  'a',
  'b',
  ' ',
  'é',
  'e\u0301',
  '\u0301',
  '你好',
  'مرحبا',
  FAMILY,
  '👍🏽',
  '\u200d',
  '🇫',
  '🇷',
  '\t',
);
const text = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));

const edit = fc.constantFrom(...(Object.keys(EDITS) as Edit[]));
const step = fc.oneof(
  edit.map((name) => (editor: Editor) => EDITS[name](editor)),
  piece.map((text) => (editor: Editor) => insert(editor, text)),
  fc.constant(submit),
);

/** The text with the cursor as `|`. */
function shown({ text, cursor }: Editor): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

/** `left|right`, typed. */
function at(marked: string): Editor {
  const [left = '', right = ''] = marked.split('|');
  return { ...EMPTY, text: left + right, cursor: left.length };
}

test('whatever is done, the cursor is in the text, and after a movement or a deletion between two clusters', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.boolean()), { maxLength: 40 }), (steps) => {
      let editor = EMPTY;
      for (const [act] of steps) {
        const { text, cursor } = editor;
        editor = act(editor);
        assert.ok(editor.cursor >= 0 && editor.cursor <= editor.text.length);
        if (editor.text.length < text.length || (editor.text === text && editor.cursor !== cursor))
          assert.equal(editor.cursor, clusterEnd(editor.text, editor.cursor), JSON.stringify(shown(editor)));
      }
    }),
  );
});

test('what is typed stands where the cursor was, whatever stands around it, and however it came', () => {
  fc.assert(
    fc.property(text, text, text, (left, typed, right) => {
      let editor = at('|');
      editor = { ...editor, text: left + right, cursor: left.length };
      // One code point at a time, as a terminal gives it.
      for (const character of typed) editor = insert(editor, character);
      assert.equal(shown(editor), `${left}${typed}|${right}`);
    }),
  );
});

test('left and right go through all clusters, one by one', () => {
  fc.assert(
    fc.property(text, (text) => {
      const ends = [...clustersOf(text).map(({ at }) => at), text.length];
      let editor: Editor = { ...EMPTY, text, cursor: 0 };
      for (const end of ends) {
        assert.equal(editor.cursor, end);
        editor = EDITS.right(editor);
      }
      for (const end of ends.toReversed()) {
        assert.equal(editor.cursor, end);
        editor = EDITS.left(editor);
      }
    }),
  );
});

test('deleting takes whole clusters, and nothing else', () => {
  fc.assert(
    fc.property(text, fc.nat(), (text, n) => {
      const clusters = clustersOf(text);
      const which = n % (clusters.length + 1);
      const cursor = clusters[which]?.at ?? text.length;
      const without = (i: number): string =>
        clusters
          .toSpliced(i, 1)
          .map(({ text }) => text)
          .join('');
      const editor: Editor = { ...EMPTY, text, cursor };
      assert.equal(EDITS.deleteLeft(editor).text, which === 0 ? text : without(which - 1));
      assert.equal(EDITS.deleteRight(editor).text, which === clusters.length ? text : without(which));
    }),
  );
});

test('what is cut comes back', () => {
  fc.assert(
    fc.property(
      text,
      fc.nat(),
      fc.constantFrom<Edit>('cutLeft', 'cutRight', 'cutWordLeft', 'cutWordRight', 'cutToSpace'),
      (text, n, cut) => {
        const cursor = clusterEnd(text, n % (text.length + 1));
        const editor: Editor = { ...EMPTY, text, cursor };
        const after = EDITS[cut](editor);
        assert.equal(after.text.length + after.cut.length, text.length);
        const cutLeft = cut !== 'cutRight' && cut !== 'cutWordRight';
        const where = cutLeft ? cursor - after.cut.length : cursor;
        // Where what is left has joined to one cluster the cursor stands behind that.
        assert.equal(EDITS.yank({ ...after, cursor: where }).text, text);
      },
    ),
  );
});

const EXAMPLES: readonly [Edit, string, string][] = [
  ['wordLeft', "dis à l'été|", "dis à |l'été"],
  ['wordLeft', 'bonjour, monde |', 'bonjour, |monde '],
  ['wordRight', '|  bonjour, monde', '  bonjour|, monde'],
  ['wordRight', 'bonjour|, monde', 'bonjour, monde|'],
  ['cutWordLeft', 'bonjour, monde|', 'bonjour, |'],
  ['cutToSpace', 'see /a/b-c |now', 'see |now'],
  ['cutWordRight', 'a| bc d', 'a| d'],
  ['transpose', 'ab|', 'ba|'],
  ['transpose', 'a|b', 'ba|'],
  ['transpose', `x${FAMILY}|é!`, `xé${FAMILY}|!`],
  ['transpose', '|ab', '|ab'],
  ['deleteLeft', `a${FAMILY}|b`, 'a|b'],
  ['home', 'ab|c', '|abc'],
  ['end', 'ab|c', 'abc|'],
];
for (const [name, before, after] of EXAMPLES) {
  test(`${name}: ${before} becomes ${after}`, () => assert.equal(shown(EDITS[name](at(before))), after));
}

test('several cuts in a row come back as one; a movement ends the row', () => {
  let editor = at('one two three|');
  for (const name of ['cutWordLeft', 'cutWordLeft', 'cutWordLeft', 'yank'] as const)
    editor = EDITS[name](editor);
  assert.equal(shown(editor), 'one two three|');
  editor = at('one two|');
  for (const name of ['cutWordLeft', 'home', 'cutRight', 'yank', 'yank'] as const)
    editor = EDITS[name](editor);
  assert.equal(shown(editor), 'one one |');
});

test('what was typed comes back, and the line that was begun too', () => {
  let editor = EMPTY;
  for (const line of ['first', 'second', 'second']) editor = submit(insert(editor, line));
  editor = insert(editor, 'begun');
  const seen = (['earlier', 'earlier', 'earlier', 'later', 'later', 'later'] as const).map((name) => {
    editor = EDITS[name](editor);
    return shown(editor);
  });
  assert.deepEqual(seen, ['second|', 'first|', 'first|', 'second|', 'begun|', 'begun|']);
});

test('control characters are not typed', () => {
  assert.equal(shown(insert(at('a|b'), '\x1b[2J\u2028\r\n\tx')), 'a[2J\tx|b');
});

test('replace puts text in place of what stands before the cursor', () => {
  assert.equal(shown(replace(at('say an| now'), 4, 'ana ')), 'say ana | now');
});
