/**
 * Where `palabre serve` tells its operator what happens: standard error, one line an event, as JSON; to a terminal in a form to read. A line is
 * never waited for: while standard error takes nothing (a full pipe, a slow disk) lines gather, and beyond a bound are dropped.
 */
import { isatty } from 'node:tty';
import { type DestinationStream, type Logger, pino } from 'pino';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface OpenLog {
  readonly events: Logger;
  /** Writes what has gathered, and resolves to whether that is done: it is waited for no longer than a second. */
  close(): Promise<boolean>;
}

const STDERR = 2;

/** Bytes that gather while standard error takes nothing. */
const GATHERED_BYTES = 1024 * 1024;

const CLOSE_MS = 1000;

/** Opens the log; it tells what is of this level or graver. */
export async function openLog(level: LogLevel): Promise<OpenLog> {
  const stderr = pino.destination({ dest: STDERR, sync: false, maxLength: GATHERED_BYTES });
  const over = new Promise<void>((resolve) => {
    stderr.once('close', resolve);
    stderr.on('error', (error: NodeJS.ErrnoException) => {
      // Whatever else it is (a disk that is full) may pass: the next line tries again.
      if (error.code === 'EPIPE') resolve();
    });
  });
  const stream = isatty(STDERR) ? await toRead(stderr) : stderr;
  const events = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  );
  return {
    events,
    async close() {
      // What is told from here on would find the stream ended.
      events.level = 'silent';
      stream.end();
      let late: NodeJS.Timeout | undefined;
      const written = await Promise.race([
        over.then(() => true),
        new Promise<boolean>((resolve) => {
          late = setTimeout(() => resolve(false), CLOSE_MS);
        }),
      ]);
      clearTimeout(late);
      if (!written) stderr.destroy();
      return written;
    },
  };
}

// Not loaded where programs read. A terminal that has been stopped (Ctrl-S) takes nothing either.
async function toRead(stderr: DestinationStream): Promise<DestinationStream & { end(): void }> {
  const { default: pretty } = await import('pino-pretty');
  const lines = pretty({ destination: stderr, translateTime: 'SYS:HH:MM:ss', singleLine: true });
  return {
    write(line) {
      if (lines.writableLength < GATHERED_BYTES) lines.write(line);
    },
    end: () => lines.end(),
  };
}
