/** The arrows of the layout (docs/architecture.md): who may import whom. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '..');

/** What each package may import of the project. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'packages/protocol': [],
  'packages/client': ['@palabre/protocol'],
  'packages/server': ['@palabre/protocol'],
  'packages/cli': ['@palabre/protocol', '@palabre/client', '@palabre/server', '@palabre/web'],
  'packages/web': ['@palabre/protocol', '@palabre/client'],
  bench: [],
};

/** What the folders inside the server may import of each other. Files beside the folders only wire: they may import all. */
const FOLDERS: Readonly<Record<string, readonly string[]>> = {
  chat: [],
  log: ['chat'],
  journal: ['chat', 'metrics'],
  conversation: ['chat', 'log'],
  // It tells the operator of what it reads from files.
  admission: ['chat', 'conversation', 'event-log.ts'],
  // Lists the connections that there are; opens none.
  operator: ['admission', 'chat', 'event-log.ts', 'listeners', 'log'],
  fanout: ['chat', 'metrics'],
  listeners: ['admission', 'chat', 'conversation', 'event-log.ts', 'fanout', 'log', 'metrics'],
  // What is counted says nothing of who counts it: whoever has something to count may import it.
  metrics: [],
};

interface Import {
  readonly file: string;
  readonly of: string;
}

function importsOf(folder: string): Import[] {
  const files = globSync(`${folder}/**/*.{ts,tsx}`, {
    cwd: root,
    exclude: ['**/node_modules/**', '**/dist/**'],
  });
  assert.ok(files.length > 0, `no file in ${folder}: has it moved?`);
  return files.flatMap((file) => {
    const text = readFileSync(resolve(root, file), 'utf8');
    const found = text.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*'([^']+)'/g);
    return [...found].map(([, of = '']) => ({ file, of }));
  });
}

/** The path from the root that a relative import leads to. */
function target({ file, of }: Import): string {
  return relative(root, resolve(root, dirname(file), of));
}

for (const [folder, allowed] of Object.entries(PACKAGES)) {
  test(`${folder} imports of the project: ${allowed.join(', ') || 'nothing'}`, () => {
    for (const one of importsOf(`${folder}/src`)) {
      if (one.of.startsWith('.'))
        assert.ok(target(one).startsWith(`${folder}/src/`), `${one.file} leaves its package: ${one.of}`);
      else if (/^(@palabre\/|palabre$)/.test(one.of))
        assert.ok(allowed.includes(one.of), `${one.file} imports ${one.of}`);
    }
  });
}

for (const [folder, allowed] of Object.entries(FOLDERS)) {
  test(`inside the server, ${folder}/ imports: ${allowed.join(', ') || 'the protocol alone'}`, () => {
    const src = 'packages/server/src';
    for (const one of importsOf(`${src}/${folder}`).filter(({ file }) => !file.endsWith('.test.ts'))) {
      if (!one.of.startsWith('.')) continue;
      const [into = ''] = relative(src, target(one)).split('/');
      assert.ok(into === folder || allowed.includes(into), `${one.file} imports ${one.of}`);
    }
  });
}

test('the protocol has no I/O, and the chat neither clock nor chance: no built-in of Node.js, none of the platform', () => {
  const pure = ['packages/protocol/src', 'packages/server/src/chat'];
  for (const folder of pure) {
    for (const { file, of } of importsOf(folder)) {
      if (!file.endsWith('.test.ts')) assert.ok(!of.startsWith('node:'), `${file} imports ${of}`);
    }
  }
  for (const file of globSync('packages/server/src/chat/*.ts', { cwd: root })) {
    const text = readFileSync(resolve(root, file), 'utf8');
    assert.doesNotMatch(
      text,
      /\b(Date|Math\.random|performance|process|setTimeout|setImmediate|Promise|async|await)\b[.(<]/,
      file,
    );
  }
});

test('only the listeners open sockets', () => {
  for (const { file, of } of importsOf('packages/server/src')) {
    if (/\/(listeners|testing)\//.test(file) || file.endsWith('.test.ts')) continue;
    assert.ok(!['node:net', 'node:tls', 'node:http', 'ws'].includes(of), `${file} imports ${of}`);
  }
});
