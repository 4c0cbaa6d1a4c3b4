import { createHash, timingSafeEqual } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, type Stats, unwatchFile, watchFile } from 'node:fs';
import { isText } from '@palabre/protocol';
import type { EventLog } from '../event-log.ts';

export interface PasswordFile {
  /** Its first line is the password: 1 to 256 bytes of UTF-8 without control characters. */
  readonly file: string;
  /** How often, in ms, it is looked whether it has changed: 5,000 by default. */
  readonly lookMs?: number | undefined;
}

/** The file can't be used. The message says which, why, and what to do. */
export class CannotUsePassword extends Error {
  override readonly name = 'CannotUsePassword';
}

export const PASSWORD_BYTES = 256;

const LOOK_MS = 5000;

/** What is read of it: more than a byte-order mark, the longest password and CR LF take, to see that a line is too long. */
const ENOUGH_BYTES = PASSWORD_BYTES + 6;

/** Readable, writable or executable by somebody who is not the file's owner. */
const BY_OTHERS = 0o077;

/**
 * The password of the whole server. The file is read again when it changes: who is in stays in. One that can't be used is told of, and what was good
 * before goes on. Of the password only a digest is held, and it is in no event.
 */
export class Password {
  readonly #source: PasswordFile;
  readonly #events: EventLog;
  /** Anything else (a pipe, as of `<(pass show chat)`) gives its password once. */
  readonly #isFile: boolean;
  #digest: Buffer;

  /** Throws `CannotUsePassword`. */
  constructor(source: PasswordFile, events: EventLog) {
    this.#source = source;
    this.#events = events;
    const { password, stats } = read(source.file);
    this.#digest = digestOf(password);
    this.#isFile = stats.isFile();
    this.#warn(stats);
  }

  /** Whether this is the password. Digests are compared: that takes the same time whatever is wrong, its length too. */
  accepts(key: string): boolean {
    return timingSafeEqual(digestOf(key), this.#digest);
  }

  /** Looks from now on whether the file changes. */
  follow(): void {
    const { file, lookMs = LOOK_MS } = this.#source;
    if (this.#isFile) watchFile(file, { interval: lookMs, persistent: false }, this.#changed);
  }

  /** Looks no more whether the file changes. */
  close(): void {
    unwatchFile(this.#source.file, this.#changed);
  }

  readonly #changed = (): void => {
    try {
      const { password, stats } = read(this.#source.file);
      const digest = digestOf(password);
      this.#warn(stats);
      if (timingSafeEqual(digest, this.#digest)) return;
      this.#digest = digest;
      this.#events.info({ file: this.#source.file }, 'the password was taken up again');
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#events.warn({ file: this.#source.file, why }, 'the password stays as it was');
    }
  };

  #warn(stats: Stats): void {
    if (stats.isFile() && (stats.mode & BY_OTHERS) !== 0)
      this.#events.warn(
        { file: this.#source.file },
        'others than its owner may read the password file: chmod 600',
      );
  }
}

// What looks the same is the same: é is written in two ways, and which one is up to the keyboard (RFC 8265, 4.2.2).
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text.normalize('NFC')).digest();
}

function read(file: string): { password: string; stats: Stats } {
  const bytes = Buffer.alloc(ENOUGH_BYTES);
  let length = 0;
  let stats: Stats;
  try {
    const opened = openSync(file, 'r');
    try {
      stats = fstatSync(opened);
      for (let more = 1; more > 0; length += more) more = readSync(opened, bytes, { offset: length });
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? error.code : error;
    throw new CannotUsePassword(
      `the password file ${file} can't be read (${why}): name another with --password-file FILE`,
    );
  }
  return { password: firstLine(file, bytes.subarray(0, length)), stats };
}

function firstLine(file: string, bytes: Buffer): string {
  const end = bytes.indexOf(10);
  const tooLong = `is over ${PASSWORD_BYTES} bytes long`;
  if (end < 0 && bytes.length === ENOUGH_BYTES) throw unusable(file, tooLong);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(end < 0 ? bytes : bytes.subarray(0, end));
  } catch {
    throw unusable(file, 'is not text in UTF-8');
  }
  const line = text.replace(/\r$/, '');
  if (line === '') throw unusable(file, 'is empty');
  if (Buffer.byteLength(line) > PASSWORD_BYTES) throw unusable(file, tooLong);
  if (!isText(line) || line.includes('\t')) throw unusable(file, 'holds control characters');
  return line;
}

function unusable(file: string, what: string): CannotUsePassword {
  return new CannotUsePassword(
    `the first line of ${file} ${what}: write the password there, 1 to ${PASSWORD_BYTES} bytes`,
  );
}
