import { connect } from 'node:net';
import type { Contender } from '../contenders/contender.ts';
import type { Figures, Scenario } from './scenario.ts';

/** ms in which a server must greet. */
const GREET_WITHIN = 10_000;

/** How long a server takes from its start until it has something to say. */
export const start: Scenario = {
  type: 'whole',
  name: 'start',
  title: () => 'Start: from the command to the first answer',
  method: () =>
    'From the start of the server’s process until a client, connected as soon as it can be, has the server’s first line: WHO from Palabre, INFO from nats-server; from the IRC servers their answer to NICK and USER.',
  measures: [{ key: 'ms', title: 'until the first line', unit: 'ms', better: 'less', digits: 0 }],
  takes: (contender) => !contender.keeps && !contender.web,
  run,
};

async function run(contender: Contender): Promise<Figures> {
  const begin = performance.now();
  const server = await contender.start();
  try {
    await firstLine(server.port, contender.dialect(64).hello('m00000'));
    return { ms: performance.now() - begin };
  } finally {
    await server.stop();
  }
}

/** Resolves once the server on `port` has said something; `hello` is what a client says first. */
export function firstLine(port: number, hello: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const done = (error?: Error): void => {
      clearTimeout(late);
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    const late = setTimeout(() => done(new Error('no line after 10 s')), GREET_WITHIN);
    socket.once('error', done);
    socket.once('data', () => done());
    socket.once('connect', () => {
      if (hello) socket.write(hello);
    });
  });
}
