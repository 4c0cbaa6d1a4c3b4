/** Where a server listens. `host` is a name or an IP address, without the brackets of an IPv6 address. */
export type Address = { readonly host: string; readonly port: number };

/**
 * Reads `HOST:PORT`, `127.0.0.1:7070`, `[::1]:7070`. `undefined` when the text is none of these or the port is not
 * 0 to 65,535 (0: any that is free, where a server is to listen).
 */
export function parseAddress(text: string): Address | undefined {
  const parts = /^(?:\[([0-9A-Fa-f:.]+(?:%[\w.]+)?)\]|([^\s:/[\]]+)):(\d{1,5})$/.exec(text);
  const host = parts?.[1] ?? parts?.[2];
  const port = Number(parts?.[3]);
  if (host === undefined || port > 65_535) return undefined;
  return { host, port };
}

/** The opposite of {@link parseAddress}. */
export function formatAddress({ host, port }: Address): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
