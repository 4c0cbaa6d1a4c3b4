import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { LineShape } from '../verify/line-shape.ts';
import { overWebSocket } from '../websocket/dialect.ts';
import { inCheckout, packageVersion, startInNode, startWithBoth } from './checkout.ts';
import type { Contender, Dialect, Heard, Server } from './contender.ts';
import { temporaryFolder } from './launch.ts';

const main = inCheckout('packages/cli/bin/palabre.js');
const memoryProbe = inCheckout('bench/src/servers/memory-probe.ts');
const FLAGS = [
  '--rate',
  'off',
  '--max-connections',
  '20000',
  '--admin-http',
  '127.0.0.1:0',
  '--log-level',
  'warn',
];
const OVER_TCP = ['--tcp', '127.0.0.1:0', '--http', 'off'];
const OVER_WEBSOCKETS = ['--tcp', 'off', '--http', '127.0.0.1:0'];

/** Palabre as it is in this checkout, run by the checkout's own Node.js. It keeps nothing, as its peers don't. */
export const palabre: Contender = {
  name: 'palabre',
  howToHave: `${main} is missing: run this in a whole checkout, after npm ci`,
  slowJoin: false,
  attempts: 512,
  keeps: false,
  web: false,
  note: '',
  version: () => packageVersion('packages/cli'),
  start: () => serve(OVER_TCP, 'none'),
  dialect: () => nineWords,
};

/** The same with its journal: every message is on the disk before anybody hears it. */
export const palabreJournal: Contender = {
  ...palabre,
  name: 'palabre-journal',
  keeps: true,
  note: 'Palabre with --data: each message is kept (SQLite, synchronous) before anybody hears it.',
  async start(directory) {
    if (directory !== undefined) return serve(OVER_TCP, directory);
    const { path, remove } = temporaryFolder();
    return serve(OVER_TCP, path, remove);
  },
};

/** The same over WebSockets, as a browser speaks to it. */
export const palabreWs: Contender = {
  ...palabre,
  name: 'palabre-ws',
  web: true,
  note: 'Palabre over WebSockets, in the plain form. Lines that go out together are one message.',
  start: () => serve(OVER_WEBSOCKETS, 'none'),
  dialect: (size) => overWebSocket({ ...nineWords, after: '', path: () => '/chat' }, size),
};

function serve(listeners: readonly string[], data: string, tidy?: () => void): Promise<Server> {
  return startInNode([main, 'serve', ...listeners, ...FLAGS, '--data', data], tidy);
}

/** As its users run it: all its defaults, the journal and the limits included; lines and WebSockets on free ports, `flags` beside them. With the memory probe beside it. */
export async function startAsUsersDo(flags: readonly string[] = []): Promise<Server> {
  const { path, remove } = temporaryFolder();
  const probe = join(path, 'probe');
  const loaded = ['--import', `${pathToFileURL(memoryProbe)}?socket=${encodeURIComponent(probe)}`];
  const ports = ['--tcp', '127.0.0.1:0', '--http', '127.0.0.1:0', '--admin-http', '127.0.0.1:0'];
  const both = /:(\d+) \(tcp\)[\s\S]*:(\d+) \(http\)/;
  const args = [...loaded, main, 'serve', ...ports, '--data', join(path, 'data'), ...flags];
  return { ...(await startWithBoth(args, both, remove)), probe };
}

/** The plain form of the nine words. */
export const nineWords: Dialect = {
  framed: false,
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
