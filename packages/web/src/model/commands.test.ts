import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMANDS, readBox } from './commands.ts';

test('what begins with one slash is a command, in any case, with what follows it', () => {
  assert.deepEqual(readBox('hello'), { text: 'hello' });
  assert.deepEqual(readBox(' /who'), { text: ' /who' });
  assert.deepEqual(readBox('//who'), { text: '/who' });
  assert.deepEqual(readBox('/who'), { command: { name: 'who', rest: '' } });
  assert.deepEqual(readBox('/W bo  hi\nthere '), { command: { name: 'msg', rest: 'bo  hi\nthere' } });
  assert.deepEqual(readBox('/nonsense x'), { unknown: 'nonsense' });
  assert.deepEqual(readBox('/'), { unknown: '' });
  for (const name of COMMANDS) assert.deepEqual(readBox(`/${name} x`), { command: { name, rest: 'x' } });
});
