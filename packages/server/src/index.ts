/** The server of Palabre. How its parts fit: docs/architecture.md. */
export type { Address } from './listeners/tcp.ts';
export { type RunningServer, type ServerOptions, startServer } from './server.ts';
