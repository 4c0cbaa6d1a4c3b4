import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExtendedLine } from './extended-line.ts';

function read(text: string) {
  const bytes = Buffer.from(`?${text}`);
  const line = new ExtendedLine();
  line.read(bytes, 1, bytes.length);
  return { id: line.id, ref: line.ref, rest: bytes.toString('latin1', line.wordAt) };
}

test('id and ref are read wherever they stand among the tags', () => {
  const rest = 'PRV m00001 @id=3 hi\n';
  for (const tags of ['ref=0000000012;id=814;at=17;to=m00001', 'at=17;old;id=814;re=8;ref=12'])
    assert.deepEqual(read(`@${tags} ${rest}`), { id: 814, ref: 12, rest });
});

test('a line may have neither, a ref that is no number, or no tags', () => {
  assert.deepEqual(read('@at=17;idle=3 ARR bo\n'), { id: -1, ref: -1, rest: 'ARR bo\n' });
  assert.deepEqual(read('@ref=in;at=17 ARR bo\n'), { id: -1, ref: -1, rest: 'ARR bo\n' });
  assert.deepEqual(read('WHO\n'), { id: -1, ref: -1, rest: 'WHO\n' });
});

test('tags without an end are wrong', () => {
  assert.throws(() => read('@id=4;at=5\n'), /got a line of tags alone/);
});
