import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readQuery } from './search-query.ts';

test('words, with from: and in: among them', () => {
  assert.deepEqual(readQuery('  big   tree '), { words: 'big tree', from: undefined, in: undefined });
  assert.deepEqual(readQuery('from:@ana big in:#dev tree'), { words: 'big tree', from: 'ana', in: '#dev' });
  assert.deepEqual(readQuery('FROM:ana'), { words: '', from: 'ana', in: undefined });
  assert.deepEqual(readQuery('from: tree'), { words: 'tree', from: undefined, in: undefined });
  assert.deepEqual(readQuery('https://tree.example time:12 in:@bo'), {
    words: 'https://tree.example time:12',
    from: undefined,
    in: '@bo',
  });
});
