import { type Address, formatAddress } from '../address.ts';

/** One line on why the server can't start, and what to do about it. */
export function explain(error: unknown, { host, port }: Address): string {
  const address = formatAddress({ host, port });
  // These say what to do themselves.
  if (error instanceof Error && /^Data(?:InUse|Unusable)$/.test(error.name)) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `${address} is taken by another program; choose another with --tcp HOST:PORT (port 0 takes a free one)`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${address} is no address of this machine; say --tcp 127.0.0.1:${port}, or 0.0.0.0:${port} for all it has`;
    case 'EACCES':
      return `${address} needs rights that this user does not have; choose a port above 1023 with --tcp HOST:PORT`;
    default:
      return `can't listen on ${address}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
