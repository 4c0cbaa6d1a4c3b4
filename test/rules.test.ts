/** Every rule of docs/protocol.md has a line of code that cites it and a test over a real socket that names it, and no other is cited. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '..');

function read(pattern: string, exclude: readonly string[] = []): string {
  const files = globSync(pattern, { cwd: root, exclude: [...exclude] });
  assert.ok(files.length > 0, `no file matches ${pattern}: has it moved?`);
  return files.map((file) => readFileSync(resolve(root, file), 'utf8')).join('\n');
}

function numbers(text: string, pattern: RegExp): Set<string> {
  return new Set([...text.matchAll(pattern)].flatMap(([, list = '']) => list.split(/, (?:and )?/)));
}

const rules = numbers(read('docs/protocol.md'), /^### (\d\.\d+) /gm);
const code = read('packages/{protocol,server}/src/**/*.ts', ['**/*.test.ts', '**/testing/**']);
const tests = read('packages/server/src/rules-*.test.ts');

// A citation stands at the line that obeys the rule: `// 1.7`, several as `// 1.8, 1.9`; a doc comment cites as `(2.6)`.
const LIST = '([1-9]\\.\\d+(?:, [1-9]\\.\\d+)*)\\b';
const atTheLine = numbers(code, new RegExp(`// ${LIST}`, 'g'));
const anywhere = numbers(code, new RegExp(String.raw`(?://|\(|; )\s?${LIST}(?=[\s),:;]|$)`, 'gm'));
const named = numbers(tests, new RegExp(String.raw`^test\(\s*['"\x60]${LIST}`, 'gm'));

test('there are rules', () => assert.ok(rules.size >= 20));

for (const rule of rules) {
  test(`${rule} is cited by the code and named by a test over a real socket`, () => {
    assert.ok(atTheLine.has(rule), `no line of code cites // ${rule}`);
    assert.ok(named.has(rule), `no test in rules-*.test.ts is named ${rule}`);
  });
}

test('no rule is cited or named that docs/protocol.md does not state', () => {
  for (const number of [...anywhere, ...named]) assert.ok(rules.has(number), `there is no rule ${number}`);
});

test('the tests of the rules talk to the whole server over a socket', () => {
  for (const file of globSync('packages/server/src/rules-*.test.ts', { cwd: root })) {
    assert.match(readFileSync(resolve(root, file), 'utf8'), /from '\.\/testing\/peer\.ts'/, file);
  }
});
