import { isIP } from 'node:net';
import proxyaddr from 'proxy-addr';

/** Which proxies are believed when they say whose connection they pass on. */
export interface Proxies {
  /** With a PROXY header before the lines, over TCP and TLS. */
  readonly lines: (address: string) => boolean;
  /** With `X-Forwarded-For`, over HTTP. */
  readonly http: (address: string) => boolean;
}

/**
 * The proxies that are named: `ADDRESS` or `ADDRESS/BITS`, with `tcp=` before it for TCP and TLS alone, with `http=` for HTTP alone. Throws a
 * `TypeError` that says what is wrong.
 */
export function proxiesNamed(names: readonly string[]): Proxies {
  const lines: string[] = [];
  const http: string[] = [];
  for (const name of names) {
    const [, way, network = '', address = '', bits] =
      /^(?:(tcp|http)=)?(([^/=]+)(?:\/(\d+))?)$/.exec(name) ?? [];
    const version = isIP(address);
    const most = version === 4 ? 32 : 128;
    if (version === 0 || (bits !== undefined && !(Number(bits) > 0 && Number(bits) <= most)))
      throw new TypeError(`${name || 'nothing'} is no address, nor a network as 10.0.0.0/8 or fd00::/8`);
    if (way !== 'http') lines.push(network);
    if (way !== 'tcp') http.push(network);
  }
  return { lines: trust(lines), http: trust(http) };
}

function trust(networks: string[]): (address: string) => boolean {
  if (networks.length === 0) return () => false;
  const trusts = proxyaddr.compile(networks);
  return (address) => trusts(address, 0);
}
