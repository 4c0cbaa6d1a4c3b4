/** Opens the listeners that are asked for. */
import { type Address, CannotListen } from './listeners/address.ts';
import { Admission } from './listeners/admission.ts';
import type { Accept } from './listeners/connections.ts';
import type { HttpOptions } from './listeners/http.ts';
import { TcpListener } from './listeners/tcp.ts';

// 4.4  in the plain form: it has not asked for another
const FULL = 'ERR';

export interface ListenOptions {
  /** Lines over TCP; absent: none. */
  readonly tcp?: Address | undefined;
  /** The page, and lines over WebSockets; absent: none. */
  readonly http?: HttpOptions | undefined;
  /** Connections at a time, over all of them. */
  readonly maxConnections: number;
}

export interface Listening {
  readonly tcp: Listener | undefined;
  readonly http: Listener | undefined;
  /** Takes no more connections; resolves when the last one has ended. */
  close(): Promise<void>;
}

interface Startable {
  listen(address: Address): Promise<Address>;
  close(): Promise<void>;
}

interface Listener {
  readonly address: Address;
  close(): Promise<void>;
}

/** Opens all of them, or none. Rejects with `CannotListen`. */
export async function listen(options: ListenOptions, accept: Accept): Promise<Listening> {
  const admission = new Admission(options.maxConnections);
  const open: Listener[] = [];
  const start = async (flag: '--tcp' | '--http', asked: Address, listener: Startable): Promise<Listener> => {
    const address = await listener.listen(asked).catch((error: unknown) => {
      throw new CannotListen(flag, asked, error);
    });
    const started = { address, close: () => listener.close() };
    open.push(started);
    return started;
  };
  const close = async (): Promise<void> => {
    await Promise.all(open.map((listener) => listener.close()));
  };
  try {
    const { tcp, http } = options;
    return {
      tcp: tcp && (await start('--tcp', tcp, new TcpListener(admission, accept, FULL))),
      http: http && (await start('--http', http.address, await httpListener(http, admission, accept))),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

// Not loaded where it is off: it is a third of what starting takes.
async function httpListener(options: HttpOptions, admission: Admission, accept: Accept): Promise<Startable> {
  const { HttpListener } = await import('./listeners/http.ts');
  const { WebSocketListener } = await import('./listeners/websocket.ts');
  return new HttpListener(options, new WebSocketListener(admission, accept, FULL, options.pingMs));
}
