import { createInterface } from 'node:readline';
import { plain } from '../terminal/paint.ts';
import { readTyped } from './commands.ts';
import type { View } from './join.ts';
import type { Seat } from './seat.ts';

/** Where there is no terminal: plain lines in, plain lines out. The end of the input leaves the chat. */
export function inLines(stop: AbortController): View {
  const { stdin, stdout } = process;
  const input = createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY });
  // From here on it keeps what comes: whoever iterates later has missed nothing.
  const lines = input[Symbol.asyncIterator]();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  // Nobody reads any more.
  stdout.on('error', interrupt);
  return {
    paint: plain,
    stage: {
      print: (texts) => void stdout.write(texts.map((text) => `${text}\n`).join('')),
      refresh: () => {},
      call: () => {},
    },
    enter(chat, seat: Seat) {
      stop.signal.addEventListener('abort', () => void chat.close(), { once: true });
      void typeAll(lines, seat).then(() => chat.close());
    },
    close: () => input.close(),
  };
}

async function typeAll(lines: AsyncIterableIterator<string>, seat: Seat): Promise<void> {
  for await (const line of lines) {
    const typed = readTyped(line);
    if (typed?.do === 'quit') return;
    if (typed) await seat.typing.typed(typed);
  }
}
