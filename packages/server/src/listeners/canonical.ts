import { isIP, SocketAddress } from 'node:net';

/**
 * The one way in which an address is written: as the system does it, and an IPv4 one as such even where IPv6 stands around it. `undefined`:
 * it is none.
 */
export function canonicalAddress(address: string): string | undefined {
  const version = isIP(address);
  if (version !== 6) return version === 4 ? address : undefined;
  const written = new SocketAddress({ address, family: 'ipv6' }).address;
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(written)?.[1] ?? written;
}
