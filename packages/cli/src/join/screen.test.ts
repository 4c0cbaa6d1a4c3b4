import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { clusterEnd } from '../terminal/clusters.ts';
import { crop, layOut } from './layout.ts';
import { type Block, type Drawn, update, wipe } from './screen.ts';
import { TestTerminal } from './testing/test-terminal.ts';

const COLUMNS = 30;
const ROWS = 12;
const GLASS = { columns: COLUMNS, wrapsAnew: true };

const piece = fc.constantFrom('word ', 'é', 'e\u0301', '你好', 'مرحبا', '👨‍👩‍👧', 'x', ' ');
const text = fc.array(piece, { maxLength: 30 }).map((parts) => parts.join(''));
/** A step: lines come, the line typed is another one (or goes on), the bar too. */
const step = fc.record({
  lines: fc.array(text, { maxLength: 3 }),
  typed: fc.oneof(
    text,
    piece.map((more) => ({ more })),
  ),
  at: fc.option(fc.nat(), { nil: undefined }),
  bar: fc.option(text, { nil: undefined }),
});

/** How a terminal of so many columns shows a line. */
function wrapped(line: string): string[] {
  const terminal = new TestTerminal(COLUMNS, 1000);
  terminal.write(line);
  return terminal.everything;
}

/** Rows without spaces at their ends, and without empty rows at the end. */
function withoutEnd(rows: readonly string[]): string {
  return rows
    .map((row) => row.trimEnd())
    .join('\n')
    .trimEnd();
}

test('what was printed is in the scroll-back, whole and once; the block is below it, and the cursor where the line is edited', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
      const terminal = new TestTerminal(COLUMNS, ROWS);
      const printed: string[] = [];
      let drawn: Drawn | undefined;
      let [text, barText] = ['', ''];
      for (const { lines, typed, at, bar } of steps) {
        text = typeof typed === 'string' ? typed : text + typed.more;
        barText = bar?.slice(0, 8) ?? barText;
        const above = { text: barText, width: stringWidth(barText) };
        const cursor = at === undefined ? text.length : clusterEnd(text, at % (text.length + 1));
        const line = crop(layOut('> ', text, cursor, COLUMNS), ROWS - 2);
        const block = { bar: above, line };
        const bytes = update(drawn, lines, block, GLASS);
        drawn = { block, columns: COLUMNS };
        printed.push(...lines);
        terminal.write(bytes);
        const rows = [above, ...line.rows].map(({ text }) => text.trimEnd());
        assert.deepEqual(withoutEnd(terminal.everything), withoutEnd([...printed.flatMap(wrapped), ...rows]));
        assert.equal(terminal.behindCursor, line.cursor.before.text);
      }
      terminal.write(wipe(drawn, GLASS));
      assert.deepEqual(withoutEnd(terminal.everything), withoutEnd(printed.flatMap(wrapped)));
    }),
  );
});

function block(typed: string, cursor: number, bar = 'bar'): Block {
  return { bar: { text: bar, width: bar.length }, line: layOut('> ', typed, cursor, COLUMNS) };
}

test('what is typed at the end is written as it was typed; anything else draws the block anew', () => {
  const drawn = { block: block('hel', 3), columns: COLUMNS };
  assert.equal(update(drawn, [], block('hello', 5), GLASS), '\x1b[?7llo\x1b[?7h');
  assert.equal(update(drawn, [], block('hel', 3), GLASS), '');
  const others: readonly [string[], Block][] = [
    [['line'], block('hello', 5)],
    [[], block('hello', 4)],
    [[], block('he', 2)],
    [[], block('hel\u0301', 4)],
    [[], block('hello', 5, 'other')],
    [[], block('hello that goes on and on and on', 32)],
  ];
  for (const [lines, next] of others) assert.ok(update(drawn, lines, next, GLASS).includes('\x1b[J'));
  assert.ok(update({ ...drawn, columns: 99 }, [], block('hello', 5), GLASS).includes('\x1b[J'));
});

test('a terminal that has become narrower: what was drawn is wiped with the rows that it takes up now, or took up then', () => {
  const drawn = { block: block('x'.repeat(25), 25, 'bar of twenty columns'), columns: 30 };
  // The bar takes up three rows of ten, the line as many, with the cursor in the last.
  assert.equal(wipe(drawn, { columns: 10, wrapsAnew: true }), '\x1b[5A\r\x1b[J');
  assert.equal(wipe(drawn, { columns: 10, wrapsAnew: false }), '\x1b[1A\r\x1b[J');
  assert.equal(wipe(undefined, GLASS), '');
});
