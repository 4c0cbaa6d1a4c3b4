import { parseServerAddress } from '@palabre/client';
import { InvalidArgumentError } from 'commander';

/** One way to write each server's address: with its scheme and port. Throws, with what to say instead, what commander shows. */
export function toAddressText(text: string): string {
  const [, secure, rest] = /^http(s?):\/\/(.*)/i.exec(text) ?? [];
  if (rest !== undefined)
    throw new InvalidArgumentError(`That is a page's address; say it as ws${secure}://${rest}.`);
  const { scheme, host, port, url } = parse(text);
  if (scheme === 'ws' || scheme === 'wss') return url;
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function parse(text: string): ReturnType<typeof parseServerAddress> {
  try {
    return parseServerAddress(text);
  } catch {
    throw new InvalidArgumentError('Say HOST:PORT, or tcp://, tls://, ws:// or wss:// before it.');
  }
}
