import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { putHelpersInTheBackground } from './background.ts';

/** The name of each of this process's threads, and how far it gives way: the 19th field of stat (proc(5)). */
function threads(): { name: string; nice: number }[] {
  return readdirSync('/proc/self/task').map((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    return { name, nice: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]) };
  });
}

const elsewhere = process.platform !== 'linux' && 'threads have priorities of their own on Linux alone';

test('those who collect garbage give way, and nobody else', { skip: elsewhere }, () => {
  putHelpersInTheBackground();
  const all = threads();
  assert.ok(all.some(({ name }) => name === 'V8Worker'));
  for (const { name, nice } of all) assert.equal(nice > 0, name === 'V8Worker', `${name} has ${nice}`);
});
