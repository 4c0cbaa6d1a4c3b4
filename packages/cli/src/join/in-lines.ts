import { createInterface } from 'node:readline';
import { plain } from '../terminal/paint.ts';
import { readTyped } from './commands.ts';
import type { View } from './join.ts';
import type { Seat } from './seat.ts';

/**
 * Where there is no terminal: plain lines in, plain lines out. The end of the input leaves the chat, once everything has been answered: whoever gave us
 * the lines looks at the exit status, and at nothing else.
 */
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
      const over = new AbortController();
      void chat.closed.then(() => over.abort());
      stop.signal.addEventListener('abort', () => void chat.close(), { once: true });
      const left = AbortSignal.any([stop.signal, over.signal]);
      void typeAll(lines, seat, left).then(() => chat.close());
    },
    close: () => input.close(),
  };
}

/** Resolves when all of it has been answered. Who has `left` says no more: the input may be without end. */
async function typeAll(
  lines: AsyncIterableIterator<string>,
  { typing }: Seat,
  left: AbortSignal,
): Promise<void> {
  for await (const line of lines) {
    const typed = readTyped(line);
    if (left.aborted || typed?.do === 'quit') break;
    if (typed) await typing.typed(typed);
  }
  await typing.answered();
}
