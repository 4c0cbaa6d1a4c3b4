import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LineShape } from '../verify/line-shape.ts';
import type { Contender, Dialect, Heard, Server } from './contender.ts';
import { launch, printed, serverOf, temporaryFolder } from './launch.ts';

const root = new URL('../../../', import.meta.url);
const main = fileURLToPath(new URL('packages/cli/src/main.ts', root));
const node = fileURLToPath(new URL('node_modules/.bin/node', root));
const FLAGS = ['--tcp', '127.0.0.1:0', '--http', 'off', '--rate', 'off', '--max-connections', '20000'];

/** Palabre as it is in this checkout, run by the checkout's own Node.js. It keeps nothing, as its peers don't. */
export const palabre: Contender = {
  name: 'palabre',
  howToHave: `${main} is missing: run this in a whole checkout, after npm ci`,
  slowJoin: false,
  attempts: 512,
  keeps: false,
  note: '',
  version() {
    if (!existsSync(main)) return null;
    const text = readFileSync(new URL('packages/cli/package.json', root), 'utf8');
    return `${/"version": *"([^"]+)"/.exec(text)?.[1] ?? 'unknown'}, Node.js ${process.versions.node}`;
  },
  start: () => serve('none'),
  dialect: () => nineWords,
};

/** The same with its journal: every message is on the disk before anybody hears it. */
export const palabreJournal: Contender = {
  ...palabre,
  name: 'palabre-journal',
  keeps: true,
  note: 'Palabre with --data: each message is kept (SQLite, synchronous) before anybody hears it.',
  async start(directory) {
    if (directory !== undefined) return serve(directory);
    const { path, remove } = temporaryFolder();
    return serve(path, remove);
  },
};

async function serve(data: string, tidy?: () => void): Promise<Server> {
  const child = launch(node, [main, 'serve', ...FLAGS, '--data', data]);
  const [, port] = await printed(child, /127\.0\.0\.1:(\d+)/);
  return serverOf(child, Number(port), tidy);
}

/** The plain form of the nine words. */
const nineWords: Dialect = {
  hello: () => '',
  heard(line, name): Heard {
    return line === 'WHO' ? { type: 'say', lines: `IAM ${name}\n` } : { type: 'refused' };
  },
  arrival: new LineShape({ start: 'ARR ', nameAt: 4, ending: 1 }),
  arrivalEnters: true,
  message: new LineShape({ start: 'MSG ', nameAt: 4, ending: 1 }),
  oneOrder: true,
  before: 'MSG ',
  after: '\n',
};
