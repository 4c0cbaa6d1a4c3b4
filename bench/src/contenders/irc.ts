import { LineShape } from '../verify/line-shape.ts';
import type { Dialect, Heard } from './contender.ts';

/** Worth knowing of both IRC servers (seen by logging their every setsockopt call). */
export const NAGLE =
  'It does not set TCP_NODELAY: a line may wait until the receiver has acknowledged the one before, which TCP puts off for up to 40 ms.';

/** IRC as a client needs it to be in one channel. Names begin with `m`, the server's with `i` (`irc.bench`). */
export function irc(): Dialect {
  return {
    framed: false,
    hello: (name) => `NICK ${name}\r\nUSER bench 0 * :bench\r\n`,
    heard,
    arrival: new LineShape({ start: ':m', nameAt: 1, ending: 2 }),
    arrivalEnters: false,
    message: new LineShape({ start: ':m', nameAt: 1, ending: 2 }),
    oneOrder: true,
    before: 'PRIVMSG #room :',
    after: '\r\n',
  };
}

function heard(line: string): Heard {
  if (line.startsWith('PING')) return { type: 'say', lines: `PONG${line.slice(4)}\r\n` };
  if (line.startsWith('ERROR')) return { type: 'refused' };
  const command = line.split(' ', 3)[1];
  if (command === '001') return { type: 'say', lines: 'JOIN #room\r\n' };
  if (command === '366') return { type: 'entered' };
  // 422: there is no message of the day. Any other answer from 400 on is an error.
  if (command !== undefined && /^[45]\d\d$/.test(command) && command !== '422') return { type: 'refused' };
  return { type: 'nothing' };
}
