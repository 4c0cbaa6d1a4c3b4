/** What is published, as whoever installs it has it: an empty directory, the tarballs, Node.js 24. */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { promisify } from 'node:util';
import { PACKAGES, pack } from './pack.ts';

const ROOT = resolve(import.meta.dirname, '..');
const TIMEOUT = { timeout: 300_000 };
const run = promisify(execFile);

let place = '';
let tarballs: readonly string[] = [];
/** Where they are installed. */
let home = '';

before(async () => {
  place = await mkdtemp(join(tmpdir(), 'palabre-packages-'));
  const status = () => run('git', ['status', '--porcelain', 'packages'], { cwd: ROOT });
  const tree = await status();
  tarballs = await pack(join(place, 'packed'));
  assert.deepEqual(await status(), tree, 'packing has changed the tree');
  home = join(place, 'home');
  await mkdir(home);
  await writeFile(join(home, 'package.json'), '{ "private": true, "type": "module" }\n');
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
  await run('npm', ['install', ...flags, ...tarballs], { cwd: home }).catch((error: unknown) => {
    throw new Error('npm cannot install the packages: is there a registry, for what they depend on?', {
      cause: error,
    });
  });
}, TIMEOUT);

after(() => rm(place, { recursive: true, force: true }));

/** Every file of what is installed, without what it depends on. */
async function files(): Promise<readonly string[]> {
  const folders = PACKAGES.map((name) => (name === 'cli' ? 'palabre' : `@palabre/${name}`));
  const lists = await Promise.all(
    folders.map(async (folder) => {
      const where = join(home, 'node_modules', folder);
      const all = await readdir(where, { recursive: true, withFileTypes: true });
      return all.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
    }),
  );
  return lists.flat();
}

test('each has its README, its licence and the one version', async () => {
  const { version } = JSON.parse(await readFile(join(ROOT, 'packages/cli/package.json'), 'utf8'));
  assert.equal(tarballs.length, PACKAGES.length);
  const all = await files();
  for (const file of all.filter((one) => one.endsWith('/package.json'))) {
    const manifest = JSON.parse(await readFile(file, 'utf8'));
    assert.equal(manifest.version, version, manifest.name);
    assert.equal(manifest.devDependencies, undefined, manifest.name);
    assert.equal(manifest.scripts, undefined, manifest.name);
    for (const [name, wanted] of Object.entries(manifest.dependencies ?? {}))
      if (/^(@palabre\/|palabre$)/.test(name))
        assert.equal(wanted, version, `${manifest.name} wants ${name}`);
    for (const beside of ['README.md', 'LICENSE'])
      assert.ok(all.includes(file.replace('package.json', beside)), `${manifest.name} without ${beside}`);
  }
  const { stdout } = await run(process.execPath, [
    join(home, 'node_modules/palabre/bin/palabre.js'),
    '--version',
  ]);
  assert.equal(stdout, `${version}\n`);
});

test('no source, no test, no map and no path of this machine is inside', async () => {
  const all = await files();
  assert.ok(all.length > 200, `${all.length} files`);
  const testing =
    /\.test\.|\/testing\/|\/test\/|\/(chaos|examples|mutants)\/|\/journal\/(samples|speaker|measure)/;
  for (const file of all) {
    const inside = file.slice(home.length);
    assert.doesNotMatch(inside, testing);
    assert.doesNotMatch(inside, /\.map$|\.tsbuildinfo$|(?<!\.d)\.tsx?$/);
    const content = await readFile(file, 'latin1');
    assert.ok(!content.includes(ROOT) && !content.includes(`${tmpdir()}/palabre-pack`), inside);
    assert.ok(!content.includes('sourceMappingURL'), inside);
  }
});

test('palabre serve runs from it: lines, a journal, the page', TIMEOUT, async (t) => {
  const ports = ['--tcp', '127.0.0.1:0', '--http', '127.0.0.1:0', '--admin-http', '127.0.0.1:0'];
  const flags = [...ports, '--data', join(place, 'data')];
  const program = join(home, 'node_modules/.bin/palabre');
  const path = `${resolve(process.execPath, '..')}:${process.env.PATH}`;
  const server = spawn(program, ['serve', ...flags], {
    cwd: home,
    env: { PATH: path },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => server.kill('SIGKILL'));
  let greeting = '';
  for await (const chunk of server.stdout.iterator({ destroyOnReturn: false })) {
    greeting += String(chunk);
    if (greeting.includes('Ctrl-C')) break;
  }
  const [, port] = /listens on 127\.0\.0\.1:(\d+) \(tcp\)/.exec(greeting) ?? [];
  const [, page = ''] = /with a browser: +(http:\S+)/.exec(greeting) ?? [];
  const socket = connect(Number(port), '127.0.0.1');
  socket.end('IAM ana\nMSG good evening\nWHO\nBYE\n');
  assert.equal(await text(socket), 'WHO\nARR ana\nWHO ana\nLFT ana\n');

  const html = await (await fetch(page)).text();
  const scripts = [...html.matchAll(/src="([^"]+\.js)"/g)].map(([, src = '']) => src);
  assert.ok(scripts.length > 0, html);
  for (const src of scripts) assert.equal((await fetch(new URL(src, page))).status, 200, src);

  const script = join(home, 'talk.ts');
  await writeFile(
    script,
    `import { connect, type Message } from '@palabre/client';
import { parseName } from '@palabre/protocol';

const chat = await connect('tcp://127.0.0.1:${port}', { name: parseName('bo') ?? 'bo' });
const { id = 0 } = await chat.say('from a script');
const page = await chat.history({ limit: 10 });
const texts: string[] = page.messages.map(({ from, text }: Message) => \`\${from}: \${text}\`);
console.log(id > 0, texts.join(', '));
await chat.close();
`,
  );
  const { stdout } = await run(process.execPath, [script], { cwd: home });
  assert.equal(stdout, 'true ana: good evening, bo: from a script\n');

  const exported = await run(program, ['export', '--data', join(place, 'data')], { env: { PATH: path } });
  assert.match(exported.stdout, /ana: good evening\n.*bo: from a script\n$/);
  server.kill('SIGTERM');
  const [status] = await once(server, 'exit');
  assert.equal(status, 0);
});

test('its types are those of the sources, for whoever writes TypeScript', TIMEOUT, async () => {
  await writeFile(
    join(home, 'types.ts'),
    `import { connect, type ChatEvent } from '@palabre/client';
import { type RunningServer, startServer } from '@palabre/server';

export const server: Promise<RunningServer> = startServer({ data: 'none', rate: 'off', maxConnections: 1 });
export const kinds = (event: ChatEvent): 'message' | 'other' => (event.type === 'message' ? 'message' : 'other');
// @ts-expect-error: a name is a text
export const wrong = connect('tcp://localhost:7070', { name: 7 });
`,
  );
  const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2024', '--skipLibCheck'];
  const types = ['--types', 'node', '--typeRoots', join(ROOT, 'node_modules/@types')];
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [tsc, ...flags, ...types, 'types.ts'], { cwd: home }).catch((error) =>
    assert.fail(`${error.stdout}`),
  );
});
