/**
 * Packs the packages for npm: `npm run pack [-- DIR]`, DIR is dist/ when absent.
 *
 * Node.js runs TypeScript as it stands, but not under node_modules: a package carries JavaScript. What it exports, imports by a name of its
 * own (`#main`) and has in `bin`, and all that these lead to, is compiled into a folder beside the tree; tests lead nowhere and stay
 * behind. Nothing in the tree changes. Needs the page to be built (`npm run build`).
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const ROOT = resolve(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
const run = promisify(execFile);

/** In this order, none needs one that comes later. */
export const PACKAGES = ['protocol', 'client', 'server', 'web', 'cli'];

/** What a package has beside its sources, where there is such a thing. */
const BESIDE = ['README.md', 'bin', 'build'];

/** Of a package.json: what those who install it need. */
const FIELDS = [
  ...['name', 'version', 'description', 'license', 'type', 'sideEffects', 'bin', 'exports', 'imports'],
  ...['engines', 'dependencies'],
];

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Packs all of them into `directory`; resolves with the paths of the tarballs. Rejects with what the compiler or npm says. */
export async function pack(directory: string): Promise<string[]> {
  if (!existsSync(join(ROOT, 'packages/web/build/index.html')))
    throw new Error('the page is not built: npm run build');
  await mkdir(directory, { recursive: true });
  await run(process.execPath, [tsc(), '-b', 'packages/cli'], { cwd: ROOT });
  const stages = await mkdtemp(join(tmpdir(), 'palabre-pack-'));
  try {
    const packed: string[] = [];
    for (const name of PACKAGES) {
      const stage = join(stages, name);
      await fill(stage, join(ROOT, 'packages', name));
      const { stdout } = await run('npm', ['pack', '--silent', '--pack-destination', directory], {
        cwd: stage,
      });
      packed.push(join(directory, stdout.trim()));
    }
    return packed;
  } finally {
    await rm(stages, { recursive: true });
  }
}

/** Puts into `stage` what the package in `from` consists of. */
async function fill(stage: string, from: string): Promise<void> {
  await mkdir(stage);
  const manifest: Record<string, Json> = JSON.parse(await readFile(join(from, 'package.json'), 'utf8'));
  const entries = [...sources(manifest.exports ?? null), ...sources(manifest.imports ?? null)];
  if (entries.length > 0) await compile(entries, from, stage, manifest.exports !== undefined);
  const beside = BESIDE.filter((name) => existsSync(join(from, name)));
  for (const name of beside) await cp(join(from, name), join(stage, name), { recursive: true });
  await cp(join(ROOT, 'LICENSE'), join(stage, 'LICENSE'));
  const kept = FIELDS.flatMap((key) => {
    const value = manifest[key];
    if (value === undefined) return [];
    if (key === 'exports') return [[key, compiled(value, true)]];
    return [[key, key === 'imports' ? compiled(value, false) : value]];
  });
  const files = [...(entries.length > 0 ? ['src'] : []), ...beside];
  await writeFile(
    join(stage, 'package.json'),
    `${JSON.stringify({ ...Object.fromEntries(kept), files }, null, 2)}\n`,
  );
}

/** The TypeScript files that `exports` or `imports` leads to. */
function sources(value: Json): string[] {
  if (typeof value === 'string') return value.endsWith('.ts') ? [value] : [];
  return value === null || typeof value !== 'object' ? [] : Object.values(value).flatMap(sources);
}

/** `exports` or `imports` as it is once compiled; with `types` each file's declarations stand beside it. */
function compiled(value: Json, types: boolean): Json {
  if (typeof value === 'string') {
    const stem = value.replace(/\.ts$/, '');
    if (stem === value) return value;
    return types ? { types: `${stem}.d.ts`, default: `${stem}.js` } : `${stem}.js`;
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, compiled(inner, types)]));
}

/** Compiles these files, and all that they import of the same package, to `stage`/src. */
async function compile(files: readonly string[], from: string, stage: string, types: boolean): Promise<void> {
  const base = join(from, 'tsconfig.json');
  const { references = [] }: { references?: { path: string }[] } = JSON.parse(await readFile(base, 'utf8'));
  const config = `${stage}.tsconfig.json`;
  await writeFile(
    config,
    JSON.stringify({
      extends: base,
      files: files.map((file) => join(from, file)),
      include: [],
      references: references.map(({ path }) => ({ path: join(from, path) })),
      compilerOptions: {
        ...{ composite: false, incremental: false, emitDeclarationOnly: false, declaration: types },
        ...{ rootDir: from, outDir: stage, typeRoots: [join(ROOT, 'node_modules/@types')] },
      },
    }),
  );
  await run(process.execPath, [tsc(), '-p', config], { cwd: ROOT });
}

const tsc = (): string => join(ROOT, 'node_modules/typescript/bin/tsc');

if (import.meta.main) {
  const [, , named] = process.argv;
  const directory = resolve(named ?? DIST);
  // What is in it was made here; beside another version's, nobody could say dist/*.tgz.
  if (named === undefined) await rm(DIST, { recursive: true, force: true });
  for (const file of await pack(directory)) console.log(file);
}
