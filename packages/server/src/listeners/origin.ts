import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a WebSocket may be opened with these headers (4.5). Browsers say which site's page asks (RFC 6455, 10.2): only our own may, or one
 * of `allowed` (as `https://chat.example.org`; `*`: any). Programs that are no browsers say nothing, and may.
 */
export function mayOpen({ origin, host }: IncomingHttpHeaders, allowed: readonly string[]): boolean {
  if (origin === undefined || allowed.includes('*') || allowed.includes(origin)) return true;
  // The scheme is left out: behind a proxy that does TLS the page's is https, and ours is not.
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
