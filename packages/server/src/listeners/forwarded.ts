import type { IncomingMessage } from 'node:http';
import proxyaddr from 'proxy-addr';
import { canonicalAddress } from './canonical.ts';

/**
 * Whose request it is: the last address in `X-Forwarded-For` that is not a proxy's which `trusts` knows, if such proxies alone stand between; without
 * one in between, the other side of the socket. Each proxy adds who came to it at the end, so what a client writes there itself stands before
 * and is not reached. `undefined`: what a trusted proxy says is no address, or the connection is gone.
 */
export function requesterOf(
  request: IncomingMessage,
  trusts: (address: string) => boolean,
): string | undefined {
  // Of one that has gone before it was heard it is undefined, whatever the types say.
  const { remoteAddress } = request.socket;
  return remoteAddress === undefined ? undefined : canonicalAddress(proxyaddr(request, trusts));
}
