import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LineShape } from '../verify/line-shape.ts';
import type { Contender, Dialect, Heard } from './contender.ts';
import { launch, printed, serverOf } from './launch.ts';

const root = new URL('../../../', import.meta.url);
const main = fileURLToPath(new URL('packages/cli/src/main.ts', root));
const node = fileURLToPath(new URL('node_modules/.bin/node', root));
const FLAGS = ['--tcp', '127.0.0.1:0', '--data', 'none', '--rate', 'off', '--max-connections', '20000'];

/** Palabre as it is in this checkout, run by the checkout's own Node.js. */
export const palabre: Contender = {
  name: 'palabre',
  howToHave: `${main} is missing: run this in a whole checkout, after npm ci`,
  slowJoin: false,
  attempts: 512,
  note: '',
  version() {
    if (!existsSync(main)) return null;
    const text = readFileSync(new URL('packages/cli/package.json', root), 'utf8');
    return `${/"version": *"([^"]+)"/.exec(text)?.[1] ?? 'unknown'}, Node.js ${process.versions.node}`;
  },
  async start() {
    const child = launch(node, [main, 'serve', ...FLAGS]);
    const [, port] = await printed(child, /127\.0\.0\.1:(\d+)/);
    return serverOf(child, Number(port));
  },
  dialect: () => nineWords,
};

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
