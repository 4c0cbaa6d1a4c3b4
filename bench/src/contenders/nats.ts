import { LineShape } from '../verify/line-shape.ts';
import type { Contender, Dialect, Heard } from './contender.ts';
import { startOn, versionFrom } from './launch.ts';

/** nats-server: no chat, but the same fan-out of one subject to its subscribers. */
export const nats: Contender = {
  name: 'nats',
  howToHave: 'apt-get install nats-server',
  slowJoin: false,
  attempts: 128,
  keeps: false,
  web: false,
  note: 'No chat: one subject and its subscribers. It tells nobody of newcomers, and promises no order among speakers.',
  version: () => versionFrom('nats-server', '--version', /v([\d.]+)/),
  start: () => startOn('nats-server', config, (file) => ['--config', file, '--log', '/dev/null']),
  dialect: textProtocol,
};

const config = (port: number): string => `
listen: "127.0.0.1:${port}"
max_connections: 65536
max_pending: 1073741824
write_deadline: "60s"
ping_interval: "1h"
`;

const CONNECT = 'CONNECT {"verbose":false,"pedantic":false,"echo":false}\r\nSUB room 1\r\nPING\r\n';

function textProtocol(size: number): Dialect {
  return {
    framed: false,
    hello: () => '',
    heard(line): Heard {
      if (line.startsWith('INFO')) return { type: 'say', lines: CONNECT };
      if (line === 'PONG') return { type: 'entered' };
      if (line === 'PING') return { type: 'say', lines: 'PONG\r\n' };
      return { type: 'refused' };
    },
    arrival: null,
    arrivalEnters: false,
    message: new LineShape({ start: 'MSG ', nameAt: null, ending: 2, newlines: 2 }),
    oneOrder: false,
    before: `PUB room ${size}\r\n`,
    after: '\r\n',
  };
}
