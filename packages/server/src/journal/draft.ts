/** A file that is there whole or not at all: it is written under another name beside its own, and takes its own at the end. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { reasonOf } from './errors.ts';

/** A file cannot be written. The message is one line and says what to do. */
export class CannotWrite extends Error {
  override readonly name = 'CannotWrite';
}

/** What SQLite may leave beside a database. */
const BESIDE = ['-journal', '-wal', '-shm'];

export class Draft {
  readonly #file: string;
  readonly #overwrite: boolean;
  /** Where to write it. There is an empty file, which nobody but its owner may read. A process that is killed leaves it behind. */
  readonly path: string;

  /** Throws CannotWrite if it can't be made, or if `file` exists and may not be overwritten. */
  constructor(file: string, overwrite: boolean) {
    this.#file = file;
    this.#overwrite = overwrite;
    this.path = `${file}.${randomBytes(4).toString('hex')}.part`;
    if (!overwrite && existsSync(file)) throw existing(file);
    try {
      const made = openSync(this.path, 'wx', 0o600);
      fchmodSync(made, 0o600); // Whatever the umask.
      closeSync(made);
    } catch (error) {
      throw new CannotWrite(`${file} cannot be written (${reasonOf(error)}): name another place`);
    }
  }

  /** Gives it its name, durably. Throws CannotWrite if there is a file of that name by now, and may not be overwritten. */
  finish(): void {
    syncFile(this.path);
    if (this.#overwrite) renameSync(this.path, this.#file);
    else this.#name();
    syncDirectory(dirname(this.#file));
  }

  /** Takes it away. */
  discard(): void {
    for (const end of ['', ...BESIDE]) rmSync(`${this.path}${end}`, { force: true });
  }

  /** rename(2) would replace a file that was made meanwhile; link(2) does not. Where there are no links, the moment between is risked. */
  #name(): void {
    try {
      linkSync(this.path, this.#file);
      rmSync(this.path);
    } catch {
      if (existsSync(this.#file)) throw existing(this.#file);
      renameSync(this.path, this.#file);
    }
  }
}

function existing(file: string): CannotWrite {
  return new CannotWrite(`${file} exists: name another file, or overwrite it with --force`);
}

/** fsync(2), of a file. */
function syncFile(path: string): void {
  const opened = openSync(path, 'r+');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}

/** fsync(2), of a directory: the names in it are durable. Windows knows nothing of the kind. */
export function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const opened = openSync(path, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
