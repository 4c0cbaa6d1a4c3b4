/** The client library of Palabre, for browsers: over WebSockets. Start at `connect`. */
import type { Chat } from './chat.ts';
import { connectBy } from './connect.ts';
import type { ConnectOptions } from './options.ts';
import { dialWebSocket } from './transports/websocket.ts';

export * from './api.ts';

/** Enters the chat of a server: `ws://host:7071` or `wss://host`. As `connect` of the library for Node.js, but without tcp and tls. */
export async function connect(address: string, options: ConnectOptions): Promise<Chat> {
  return await connectBy({ ws: dialWebSocket, wss: dialWebSocket }, address, options);
}
