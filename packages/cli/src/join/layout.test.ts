import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { clusterEnd } from '../terminal/clusters.ts';
import { crop, layOut } from './layout.ts';

const piece = fc.constantFrom('a', 'bc', ' ', 'é', 'e\u0301', '你好', 'مرحبا', '👨‍👩‍👧', '👍🏽', '🇫🇷', '\t');
const text = fc.array(piece, { maxLength: 60 }).map((parts) => parts.join(''));
const columns = fc.integer({ min: 5, max: 80 });

test('the rows together are the prompt and the text; none reaches the last column', () => {
  fc.assert(
    fc.property(text, columns, (text, columns) => {
      const { rows } = layOut('> ', text, 0, columns);
      assert.equal(rows.map((row) => row.text).join(''), `> ${text.replaceAll('\t', '    ')}`);
      for (const row of rows) {
        assert.equal(row.width, stringWidth(row.text));
        assert.ok(row.width < columns);
      }
    }),
  );
});

test('the cursor stands behind everything that is before it, and as far right as that is wide', () => {
  fc.assert(
    fc.property(text, fc.nat(), columns, (text, n, columns) => {
      const cursor = clusterEnd(text, n % (text.length + 1));
      const { rows, cursor: at } = layOut('> ', text, cursor, columns);
      const above = rows.slice(0, at.row).map((row) => row.text);
      assert.equal(
        [...above, at.before.text].join(''),
        `> ${text.slice(0, cursor).replaceAll('\t', '    ')}`,
      );
      assert.ok(rows[at.row]?.text.startsWith(at.before.text));
      assert.equal(at.before.width, stringWidth(at.before.text));
    }),
  );
});

test('a row is as full as it can be: the next cluster would not have fitted', () => {
  fc.assert(
    fc.property(text, columns, (text, columns) => {
      const { rows } = layOut('> ', text, 0, columns);
      for (const [i, row] of rows.entries()) {
        const [next = ''] = [...new Intl.Segmenter().segment(rows[i + 1]?.text ?? '')].map(
          ({ segment }) => segment,
        );
        const width = next === ' ' && text.includes('\t') ? 4 : stringWidth(next);
        if (rows[i + 1]) assert.ok(row.width + width > columns - 1);
      }
    }),
  );
});

test('a cursor inside a cluster, as while a family is being typed, is shown behind it', () => {
  const { cursor } = layOut('> ', '👨‍👩 x', 2, 80);
  assert.deepEqual(cursor, { row: 0, before: { text: '> 👨‍👩', width: 4 } });
});

test('where the rows are too many, those around the cursor are shown', () => {
  fc.assert(
    fc.property(text, fc.nat(), columns, fc.integer({ min: 1, max: 4 }), (text, n, columns, height) => {
      const whole = layOut('> ', text, clusterEnd(text, n % (text.length + 1)), columns);
      const { rows, cursor } = crop(whole, height);
      assert.equal(rows.length, Math.min(height, whole.rows.length));
      assert.equal(rows[cursor.row], whole.rows[whole.cursor.row]);
      assert.deepEqual(cursor.before, whole.cursor.before);
    }),
  );
});
