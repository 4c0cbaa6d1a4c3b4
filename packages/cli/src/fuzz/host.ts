/** The whole server, in a process of its own that the fuzzer watches: started with `fork`, told by messages, asked for its memory. */
import { startServer } from '@palabre/server';
import type { Asked, HostOptions, Measured, Told } from './served.ts';

const [, , json = '{}'] = process.argv;
// Written by served.ts, for this program.
const options = JSON.parse(json) as HostOptions;
const ANY = { host: '127.0.0.1', port: 0 };

const server = await startServer({
  tcp: ANY,
  tls: options.certificate && ANY,
  http: { address: ANY, page: options.page, allowOrigins: [], pingMs: 200 },
  certificate: options.certificate,
  data: options.data,
  rate: options.rate,
  maxConnections: options.maxConnections,
  trustProxy: options.trustProxy,
  lingerMs: 1000,
  idleMs: 20_000,
  events: {
    debug() {},
    info() {},
    warn() {},
    error: (...what: readonly unknown[]) => tell({ type: 'trouble', what: JSON.stringify(what) }),
  },
});

// Whoever watched over it is gone: it would run for ever.
process.on('disconnect', () => process.exit());

process.on('message', (asked: Asked) => {
  if (asked === 'measure') tell({ type: 'measured', measured: measure() });
  else void server.stop().then(() => process.disconnect());
});

const port = (at: { readonly port: number } | undefined): number => at?.port ?? 0;
tell({ type: 'listening', tcp: port(server.tcp), tls: port(server.tls), http: port(server.http) });

function tell(told: Told): void {
  process.send?.(told);
}

function measure(): Measured {
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const sockets = process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
  return { rss, heapUsed, external, sockets };
}
