import { LineShape } from '../verify/line-shape.ts';
import { overWebSocket, type WebDialect } from '../websocket/dialect.ts';
import { inCheckout, packageVersion, startInNode } from './checkout.ts';
import type { Contender, Heard } from './contender.ts';

/** Socket.IO 4 over WebSockets alone, without compression, with the adapter that it has by default. */
export const socketIo: Contender = {
  name: 'socket.io',
  howToHave: 'npm ci',
  slowJoin: false,
  attempts: 128,
  keeps: false,
  web: true,
  note: 'Over WebSockets alone, without compression or pings (bench/src/servers/socket-io.ts): a room, and socket.to(room).emit.',
  version: () => packageVersion('node_modules/socket.io'),
  start: () => startInNode([inCheckout('bench/src/servers/socket-io.ts')]),
  dialect: (size) => overWebSocket(packets, size),
};

/** Its packets as a client needs them: Engine.IO's type, Socket.IO's, and an event in JSON. */
const packets: WebDialect = {
  path: () => '/socket.io/?EIO=4&transport=websocket',
  heard(line, name): Heard {
    if (line.startsWith('0{')) return { type: 'say', lines: `40{"name":"${name}"}` };
    if (line === '2') return { type: 'say', lines: '3' };
    return { type: line.startsWith('40{') ? 'nothing' : 'refused' };
  },
  arrival: new LineShape({ start: '42["arr","', nameAt: 10, ending: 3 }),
  arrivalEnters: true,
  message: new LineShape({ start: '42["msg","', nameAt: 10, ending: 3 }),
  oneOrder: true,
  before: '42["msg","',
  after: '"]',
};
