/** The client library of Palabre, for browsers: over WebSockets. Start at `connect`. */
import type { Chat } from './chat.ts';
import { connectBy } from './connect.ts';
import type { ConnectOptions } from './options.ts';
import { dialWebSocket } from './transports/websocket.ts';

export * from './api.ts';

/**
 * Enters the chat of a server: `ws://host:7071` or `wss://host`, as `connect` of the library for Node.js does. The address is a WebSocket's as the
 * browser reads it, so that a port that is not said is 80 or 443; without a path it is at `/chat`. Rejects with a `TypeError` where it is no URL,
 * with a `SyntaxError` where it is no WebSocket's.
 */
export async function connect(address: string, options: ConnectOptions): Promise<Chat> {
  const url = new URL(address);
  if (url.pathname === '/') url.pathname = '/chat'; // 3.12
  const dial = dialWebSocket(url.href);
  // Few servers of the nine words alone are to be reached by a WebSocket: what it takes to speak with one is loaded when there is one.
  return await connectBy({ address, dial, interpreter: () => import('./core/plain.ts') }, options);
}
