/** The library as a bundler makes it for a page: how much of it there is, and that it works. */
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'vite';
import { listenWebSocket } from './testing/listeners.ts';

/** 6 KB, gzipped: what a page may have to load before it is in a chat. */
const MOST_BYTES = 6144;

interface Chunk {
  readonly fileName: string;
  readonly code: string;
  /** Loaded with the entry; the others when they are needed. */
  readonly first: boolean;
}

/** All that a page needs. A file that is not on the disk: none here may import the package by its name. */
const PACKAGE = '@palabre/client';
const PAGE = resolve(import.meta.dirname, 'page.ts');
const page: Plugin = {
  name: 'page',
  resolveId: (id) => (id === PAGE ? PAGE : undefined),
  load: (id) => (id === PAGE ? `export { connect } from ${JSON.stringify(PACKAGE)};` : undefined),
};

let chunks: readonly Chunk[] = [];

/** Minified for browsers, by the `browser` condition of package.json; what is imported by `import()` in chunks of its own. */
async function bundle(): Promise<Chunk[]> {
  const built = await build({
    root: import.meta.dirname,
    configFile: false,
    plugins: [page],
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2024',
      lib: { entry: PAGE, formats: ['es'], fileName: 'page' },
      minify: true,
      rolldownOptions: {
        // As in the build of a page: the entry may export to other chunks, and nothing but code is left.
        preserveEntrySignatures: 'allow-extension',
        output: { minify: true, comments: false },
      },
    },
  });
  assert.ok(Array.isArray(built));
  return built.flatMap(({ output }) =>
    output.flatMap((file) => {
      if (file.type !== 'chunk') return [];
      return [{ fileName: file.fileName, code: file.code, first: !file.isDynamicEntry }];
    }),
  );
}

before(async () => {
  chunks = await bundle();
});

test('6 KB gzipped are enough to be in a chat', (t) => {
  // Each file is compressed by itself, as it is sent. What speaks with servers of the nine words alone is fetched from there when there is one.
  const sum = (which: readonly Chunk[]): number =>
    which.reduce((bytes, { code }) => bytes + gzipSync(code, { level: 9 }).length, 0);
  const [first, later] = [chunks.filter((chunk) => chunk.first), chunks.filter((chunk) => !chunk.first)];
  t.diagnostic(`${sum(first)} bytes at first; ${sum(later)} more for a server of the nine words alone`);
  assert.ok(sum(first) <= MOST_BYTES, `${sum(first)} bytes: at most ${MOST_BYTES}`);
  assert.equal(first.length, 1);
  assert.equal(later.length, 1);
});

test('the bundle speaks, with both kinds of servers', { timeout: 30_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'palabre-bundle-'));
  try {
    for (const { fileName, code } of chunks) await writeFile(join(folder, fileName), code);
    const [entry] = chunks.filter(({ first }) => first);
    assert.ok(entry);
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    const built: Pick<typeof import('./browser.ts'), 'connect'> = await import(
      pathToFileURL(join(folder, entry.fileName)).href
    );
    for (const plain of [false, true]) {
      await using there = await listenWebSocket({ plain });
      const chat = await built.connect(`ws://127.0.0.1:${there.port}`, { name: 'ana' });
      assert.equal(chat.promises.extended, !plain);
      const { id } = await chat.say('hello from a page');
      assert.equal(id, plain ? undefined : 1);
      await chat.close();
      assert.equal(there.server.kept[0]?.text, 'hello from a page');
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
