/** The flags that join, send and tail share, and how they are read. */
import { parseName } from '@palabre/protocol';
import { InvalidArgumentError, Option } from 'commander';
import { toAddressText } from './address-text.ts';

export function serverFlag(): Option {
  return new Option(
    '--server <ADDRESS>',
    'where the server is: host:port, tcp://, tls://, ws:// or wss:// (default: where one was last, else localhost:7070)',
  )
    .env('PALABRE_SERVER')
    .argParser(toAddressText);
}

export function asFlag(otherwise: string): Option {
  return new Option('--as <NAME>', `the name to bear (default: ${otherwise})`)
    .env('PALABRE_AS')
    .argParser(toName);
}

export function roomFlag(what: string, otherwise = 'the lobby'): Option {
  return new Option('--room <NAME>', `${what} (default: ${otherwise})`).env('PALABRE_ROOM').argParser(toName);
}

/** A name or a room (2.2). */
export function toName(text: string): string {
  const name = parseName(text);
  if (name !== undefined) return name;
  throw new InvalidArgumentError('Say 1 to 32 characters without spaces, not beginning with @ # or :.');
}
