import type { Dialect, Heard } from '../contenders/contender.ts';
import { clientFrame, clientHeader } from './client-frame.ts';
import { upgradeRequest } from './handshake.ts';

/** A dialect whose lines are the messages of a WebSocket. A client says something there once the server has. */
export interface WebDialect extends Omit<Dialect, 'hello' | 'framed'> {
  /** Where the server is asked for a WebSocket. */
  path(name: string): string;
}

/** The same with everything in it that goes over the wire; `size` is the bytes of a text. */
export function overWebSocket(dialect: WebDialect, size: number): Dialect {
  const { before, after } = dialect;
  return {
    ...dialect,
    framed: true,
    hello: (name) => upgradeRequest(dialect.path(name)),
    heard(line, name): Heard {
      const heard = dialect.heard(line, name);
      return heard.type === 'say' ? { ...heard, lines: clientFrame(heard.lines) } : heard;
    },
    before: clientHeader(before.length + size + after.length) + before,
  };
}
