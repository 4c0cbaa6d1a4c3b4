import { overWebSocket, type WebDialect } from '../websocket/dialect.ts';
import { inCheckout, packageVersion, startInNode } from './checkout.ts';
import type { Contender } from './contender.ts';
import { nineWords } from './palabre.ts';

/** A plain loop over the sockets of `ws`: what most chats over WebSockets begin with. */
export const wsLoop: Contender = {
  name: 'ws-loop',
  howToHave: 'npm ci',
  slowJoin: false,
  attempts: 128,
  keeps: false,
  web: true,
  note: 'A loop over the sockets of ws, without compression (bench/src/servers/ws-loop.ts): no rooms, no limits, no backpressure.',
  version: () => packageVersion('node_modules/ws'),
  start: () => startInNode([inCheckout('bench/src/servers/ws-loop.ts')]),
  dialect: (size) => overWebSocket(texts, size),
};

/** A name comes with the request, and a message is its text alone. What others are told looks as in Palabre. */
const texts: WebDialect = {
  ...nineWords,
  path: (name) => `/?name=${name}`,
  heard: () => ({ type: 'refused' }),
  before: '',
  after: '',
};
