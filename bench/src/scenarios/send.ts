import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { inCheckout } from '../contenders/checkout.ts';
import type { Contender } from '../contenders/contender.ts';
import { temporaryFolder } from '../contenders/launch.ts';
import type { Settings } from '../settings.ts';
import { Wrong } from '../verify/wrong.ts';
import type { Figures, Scenario } from './scenario.ts';

/** How fast a script’s lines get in: `palabre send`, each line receipted before it ends. */
export const send: Scenario = {
  type: 'whole',
  name: 'send',
  title: (s) => `Send: ${s.sendLines.toLocaleString('en')} lines through palabre send, each receipted`,
  method: () =>
    'As a user would: the numbers from 1 on, a line each, into the standard input of palabre send, which says each once and ends when the server has kept the last (status 0). Its start and its end count too.',
  measures: [
    { key: 'lines', title: 'lines receipted', unit: '/s', better: 'more', digits: 0 },
    { key: 'ms', title: 'from its start to its end', unit: 'ms', better: 'less', digits: 0 },
  ],
  takes: ({ name }) => name === 'palabre' || name === 'palabre-journal',
  run,
};

async function run(contender: Contender, { sendLines }: Settings): Promise<Figures> {
  const server = await contender.start();
  const state = temporaryFolder();
  try {
    const begin = performance.now();
    const sender = spawn(
      process.execPath,
      [
        inCheckout('packages/cli/bin/palabre.js'),
        'send',
        '--server',
        `127.0.0.1:${server.port}`,
        '--as',
        'seq',
      ],
      { stdio: ['pipe', 'ignore', 'inherit'], env: { ...process.env, XDG_STATE_HOME: state.path } },
    );
    Readable.from(numbers(sendLines)).pipe(sender.stdin);
    const [status] = await once(sender, 'close');
    const ms = performance.now() - begin;
    if (status !== 0) throw new Wrong(`palabre send ended with status ${status}`);
    return { ms, lines: (sendLines * 1000) / ms };
  } finally {
    await server.stop();
    state.remove();
  }
}

/** `1\n2\n3\n…`, some thousands at a time. */
function* numbers(count: number): Generator<string> {
  const STEP = 5000;
  for (let from = 1; from <= count; from += STEP) {
    const length = Math.min(STEP, count - from + 1);
    yield Array.from({ length }, (_, i) => `${from + i}\n`).join('');
  }
}
