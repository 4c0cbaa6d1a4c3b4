/** Opens the listeners that are asked for. */

import { performance } from 'node:perf_hooks';
import { Admission, type NotAdmitted } from './admission/admission.ts';
import type { Pace } from './admission/allowance.ts';
import { type EventLog, NO_EVENT_LOG, RareWarning } from './event-log.ts';
import { type Address, CannotListen, type Flag } from './listeners/address.ts';
import { Certificate, type CertificateFiles } from './listeners/certificate.ts';
import type { Accept } from './listeners/connections.ts';
import type { HttpOptions } from './listeners/http.ts';
import type { Listener } from './listeners/listener.ts';
import { type Proxies, proxiesNamed } from './listeners/proxies.ts';
import { TcpListener } from './listeners/tcp.ts';
import type { Counters } from './metrics/counters.ts';

// 4.4  from one address, unless it is this machine's own
const CONNECTIONS_AN_ADDRESS = 128;
/** All that one address has may come back at once, twice; whoever goes on and on is held up. */
const CONNECTING: Pace = { atOnce: 256, eachMs: 125 };

/** Sockets beside the connections of the chat: handshakes, requests for the page, those that are refused. In all, and with the connections from one address. */
const OTHER_SOCKETS = 1024;
const SOCKETS_AN_ADDRESS = 2 * CONNECTIONS_AN_ADDRESS;

// 4.4  in the plain form: it has not asked for another
const FULL = 'ERR';

export interface ListenOptions {
  /** Lines over TCP; absent: none. */
  readonly tcp?: Address | undefined;
  /** Lines over TLS; absent: none. Needs `certificate`. */
  readonly tls?: Address | undefined;
  /** For TLS; the page is then served over HTTPS. */
  readonly certificate?: CertificateFiles | undefined;
  /** The page, and lines over WebSockets; absent: none. */
  readonly http?: HttpOptions | undefined;
  /** Connections at a time, over all of them. */
  readonly maxConnections: number;
  /** The proxies that say whose connection they pass on, named as `proxiesNamed` reads them; none by default. */
  readonly trustProxy?: readonly string[] | undefined;
  /** Is told what happens; nobody by default. */
  readonly events?: EventLog | undefined;
}

export interface Listening {
  /** The addresses taken. */
  readonly tcp: Address | undefined;
  readonly tls: Address | undefined;
  readonly http: Address | undefined;
  /** When the certificate ends, in ms since 1970, if there is one. */
  readonly certificateEnds: number | undefined;
  /** Takes no more connections; resolves when the last one has ended. */
  close(): Promise<void>;
  /** Ends now what is no connection of the chat yet. */
  destroy(): void;
}

/** Opens all of them, or none. Rejects with `CannotListen`, or `CannotUseCertificate`. */
export async function listen(options: ListenOptions, accept: Accept, counters: Counters): Promise<Listening> {
  const events = options.events ?? NO_EVENT_LOG;
  const refusals = new RareWarning(events, 'connections refused');
  const onRefused = (why: NotAdmitted, address: string): void => {
    counters.notTaken.add(why);
    refusals.happened({ why, address });
  };
  const headers = new RareWarning(
    events,
    'a header of the PROXY protocol from who is not named with --trust-proxy',
  );
  const onHeader = (address: string): void => headers.happened({ address });
  const now = (): number => performance.now();
  const { maxConnections } = options;
  const admission = new Admission({
    most: maxConnections,
    anAddress: CONNECTIONS_AN_ADDRESS,
    pace: CONNECTING,
    onRefused,
    now,
  });
  const most = maxConnections + OTHER_SOCKETS;
  const sockets = new Admission({ most, anAddress: SOCKETS_AN_ADDRESS, onRefused, now });
  const proxies = proxiesNamed(options.trustProxy ?? []);
  const open: Listener[] = [];
  const certificate = options.certificate && new Certificate(options.certificate, events);
  const start = (flag: Flag, asked: Address, listener: Listener): Promise<Address> => {
    open.push(listener);
    listener.limit(sockets, flag === '--http' ? proxies.http : proxies.lines);
    return listener.listen(asked).catch((error: unknown) => {
      throw new CannotListen(flag, asked, error);
    });
  };
  const lines = (certificate?: Certificate): Listener =>
    new TcpListener(admission, accept, FULL, proxies.lines, onHeader, certificate);
  const close = async (): Promise<void> => {
    certificate?.close();
    await Promise.all(open.map((listener) => listener.close()));
  };
  const destroy = (): void => {
    for (const listener of open) listener.destroy();
  };
  try {
    const { tcp, tls, http } = options;
    if (tls && !certificate) throw new TypeError('TLS needs a certificate');
    return {
      tcp: tcp && (await start('--tcp', tcp, lines())),
      tls: tls && (await start('--tls', tls, lines(certificate))),
      http:
        http &&
        (await start(
          '--http',
          http.address,
          await httpListener(http, admission, accept, proxies, counters, certificate),
        )),
      get certificateEnds() {
        return certificate?.ends.getTime();
      },
      close,
      destroy,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

// Not loaded where it is off.
async function httpListener(
  options: HttpOptions,
  admission: Admission,
  accept: Accept,
  proxies: Proxies,
  counters: Counters,
  certificate: Certificate | undefined,
): Promise<Listener> {
  const { HttpListener } = await import('./listeners/http.ts');
  const { WebSocketListener } = await import('./listeners/websocket.ts');
  const chat = new WebSocketListener(admission, accept, FULL, options.pingMs);
  return new HttpListener(options, chat, proxies.http, counters, certificate);
}
