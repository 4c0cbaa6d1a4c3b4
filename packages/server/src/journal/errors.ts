/** What can be wrong with a journal, each with what to do about it. */

/** Another server keeps its journal in this directory. */
export class DataInUse extends Error {
  override readonly name = 'DataInUse';

  constructor(directory: string) {
    super(`${directory} is in use by another server: stop that one, or name another directory with --data`);
  }
}

/** There is no journal here, and none can be made. The message is one line and says what to do. */
export class DataUnusable extends Error {
  override readonly name = 'DataUnusable';
}

/** Nothing of what was to be kept is kept. Later attempts may succeed: a disk that was full may have room again. */
export class JournalUnwritable extends Error {
  override readonly name = 'JournalUnwritable';

  constructor(reason: string) {
    super(`the journal cannot be written (${reason}): see to the disk that holds it`);
  }
}

/** The thread that writes has died. Whether what it was given last is kept is known to whoever opens the journal anew, and to nobody before. */
export class JournalLost extends Error {
  override readonly name = 'JournalLost';

  constructor(reason: string) {
    super(`the thread that writes the journal has died (${reason}): the server must be started again`);
  }
}

/** History cannot be read. */
export class JournalUnreadable extends Error {
  override readonly name = 'JournalUnreadable';

  constructor(reason: string) {
    super(`the journal cannot be read (${reason}): see to the disk that holds it`);
  }
}

/** What an exception of SQLite's or of the system's says, in one line. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** SQLite's primary result code (https://sqlite.org/rescode.html); `undefined` if `error` is not SQLite's. */
export function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number')
    return undefined;
  return error.errcode & 0xff;
}
