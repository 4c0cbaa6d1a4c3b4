import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

function found(file: string, pattern: RegExp): string[] {
  const text = readFileSync(new URL(file, import.meta.url), 'utf8');
  return [...text.matchAll(pattern)].map(([, name = '']) => name).sort();
}

test('every icon that is named is drawn, and none else', () => {
  const named = found('./icons.tsx', /^ {2}\| '(\w+)'/gm);
  assert.ok(named.length > 10);
  assert.deepEqual(found('../assets/icons.svg', /<symbol id="(\w+)"/g), named);
});
