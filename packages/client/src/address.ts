/** Where a server is, and over what to speak with it. */
export interface ServerAddress {
  readonly scheme: 'tcp' | 'tls' | 'ws' | 'wss';
  /** A name or an IP address, without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** The whole address as a URL: what a WebSocket is opened at. */
  readonly url: string;
}

const PORTS = { tcp: 7070, ws: 7071, tls: 7072, wss: 443 } as const;

/**
 * Reads `tcp://host:7070`, `tls://host`, `ws://host:7071`, `wss://host/chat`; without a scheme it is tcp. Ports that are not said: tcp 7070, ws 7071,
 * tls 7072, wss 443. A WebSocket without a path is at `/chat` (3.12). Throws a `TypeError` on what is no address.
 */
export function parseServerAddress(text: string): ServerAddress {
  const [, scheme = 'tcp', rest = ''] = /^(?:(tcp|tls|wss?):\/\/)?(?!\w*:\/\/)([^/].*)$/i.exec(text) ?? [];
  const known = scheme.toLowerCase();
  // The schemes that URL knows hide a port that is their default: read it as one that it does not know.
  const url = URL.parse(`tcp://${rest}`);
  if (!isScheme(known) || !url?.hostname || /\s/.test(text)) {
    throw new TypeError(`not a server's address: ${JSON.stringify(text)}; say it as tcp://localhost:7070`);
  }
  const port = Number(url.port) || PORTS[known];
  const path = url.pathname.length > 1 ? url.pathname : '/chat';
  return {
    scheme: known,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    url: `${known}://${url.hostname}:${port}${path}${url.search}`,
  };
}

function isScheme(text: string): text is keyof typeof PORTS {
  return text in PORTS;
}
