/** The client library of Palabre, for browsers: over WebSockets. Start at `connect`. */
import type { Chat } from './chat.ts';
import { connectBy } from './connect.ts';
import type { ConnectOptions } from './options.ts';
import { dialWebSocket } from './transports/websocket.ts';

export * from './api.ts';

/**
 * Enters the chat of a server: `ws://host:7071` or `wss://host`, as `connect` of the library for Node.js does. The address is a WebSocket's as the
 * browser reads it; without a path it is at `/chat`. Throws a `TypeError` where it is none.
 */
export async function connect(address: string, options: ConnectOptions): Promise<Chat> {
  const url = new URL(address);
  if (url.pathname === '/') url.pathname = '/chat'; // 3.12
  const dial = dialWebSocket(url.href);
  // Few servers of the nine words alone are to be reached by a WebSocket: what they take comes when there is one.
  return await connectBy({ address, dial, interpreter: () => import('./core/plain.ts') }, options);
}
