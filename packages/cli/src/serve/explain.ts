import { CannotListen } from '@palabre/server';
import { formatAddress } from '../address.ts';

/** One line on why the server can't start, and what to do about it. */
export function explain(error: unknown): string {
  if (error instanceof CannotListen) return explainListening(error);
  // What is wrong with the data says what to do itself.
  return error instanceof Error ? error.message : String(error);
}

function explainListening({ flag, address, cause, message }: CannotListen): string {
  const { port } = address;
  const where = formatAddress(address);
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  switch (code) {
    case 'EADDRINUSE':
      return `${where} is taken by another program; choose another with ${flag} HOST:PORT (port 0 takes a free one)`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${where} is no address of this machine; say ${flag} 127.0.0.1:${port}, or 0.0.0.0:${port} for all it has`;
    case 'EACCES':
      return `${where} needs rights that this user does not have; choose a port above 1023 with ${flag} HOST:PORT`;
    default:
      return `can't listen on ${where}: ${message}`;
  }
}
