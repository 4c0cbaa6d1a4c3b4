/** An address as a person writes it: HOST:PORT, IPv6 in brackets. */
export function format(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
