/** The server of Palabre. How its parts fit: docs/architecture.md. */
export { type Address, CannotListen } from './listeners/address.ts';
export { CannotUseCertificate, type CertificateFiles } from './listeners/certificate.ts';
export type { HttpOptions } from './listeners/http.ts';
export { type RunningServer, type ServerOptions, startServer } from './server.ts';
