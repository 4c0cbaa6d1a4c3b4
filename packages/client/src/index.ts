/** The client library of Palabre, for Node.js: over TCP, TLS and WebSockets. Start at `connect`. */
import { parseServerAddress } from './address.ts';
import type { Chat } from './chat.ts';
import { connectBy } from './connect.ts';
import type { ConnectOptions } from './options.ts';
import { dialTcp, dialTls } from './transports/tcp.ts';
import { dialWebSocket } from './transports/websocket.ts';

export { parseServerAddress, type ServerAddress } from './address.ts';
export * from './api.ts';

/**
 * Enters the chat of a server: `tcp://host:7070`, `tls://host:7072`, `ws://host:7071`, `wss://host`, or `host:port` for tcp.
 *
 *     const chat = await connect('localhost:7070', { name: 'ana' });
 *     const { id } = await chat.say('good evening');
 *     for await (const event of chat) if (event.type === 'message') console.log(event.from, event.text);
 *
 * Resolves when in the chat. Rejects when that fails, without trying again: `Unreachable`, `NameTaken`, `NotAName`, `KeyNeeded`, `Refused` (`full`:
 * the server has no room; `banned`), a `TypeError` where the address is none, the signal's reason. Once in, a lost line is mended without end.
 */
export async function connect(address: string, options: ConnectOptions): Promise<Chat> {
  const { scheme, host, port, url } = parseServerAddress(address);
  const dials = {
    tcp: dialTcp(host, port),
    tls: dialTls(host, port),
    ws: dialWebSocket(url),
    wss: dialWebSocket(url),
  };
  return await connectBy(
    { address: url, dial: dials[scheme], interpreter: () => import('./core/plain.ts') },
    options,
  );
}
