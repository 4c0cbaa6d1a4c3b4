import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate } from 'node:timers/promises';
import { parseName } from '@palabre/protocol';
import { Archive, Draft } from '@palabre/server';
import { amount } from '../backup/amounts.ts';
import { interruptibly, reported } from '../backup/ending.ts';
import { beginning } from '../tail/past.ts';
import { Progress } from '../terminal/progress.ts';
import type { ExportFlags } from './command.ts';
import { asMessage, lineOf, selection } from './spoken.ts';

/** Messages that are read, and written, at a time. */
const PAGE = 1000;

/** `palabre export`. Resolves with the exit status. */
export function exportAll(file: string | undefined, flags: ExportFlags): Promise<number> {
  // A write to a pipe waits until it is read, and no signal would be heard meanwhile: there it ends as any program does.
  if (file === undefined)
    return reported(() => write(() => process.stdout, flags, false).catch(unlessReadEnough));
  return interruptibly(async (signal) => {
    const draft = new Draft(file, flags.force ?? false);
    try {
      await write(() => createWriteStream(draft.path, { flags: 'r+' }), flags, true, signal);
      draft.finish();
    } catch (error) {
      draft.discard();
      throw error;
    }
  });
}

/** Writes all that is wanted to the stream that `open` gives, and ends that if it is to be ended. */
async function write(
  open: () => Writable,
  flags: ExportFlags,
  end: boolean,
  signal?: AbortSignal,
): Promise<void> {
  using archive = new Archive(flags.data);
  const progress = new Progress(process.stderr, flags.progress ?? false);
  try {
    await pipeline(Readable.from(chunks(archive, flags, progress)), open(), {
      end,
      ...(signal && { signal }),
    });
  } finally {
    progress.end();
  }
}

/** Lines, many at a time. */
async function* chunks(archive: Archive, flags: ExportFlags, progress: Progress): AsyncGenerator<string> {
  const { room, all = false, private: alone = false, json = false, since } = flags;
  const isWanted = selection({ room: room === undefined ? undefined : parseName(room), all, private: alone });
  const newest = archive.newest();
  if (newest === undefined) return;
  let after = since === undefined ? -1 : await beginning(async (range) => page(archive, range), since);
  const first = archive.after(after, 1)[0]?.at ?? newest.at;
  let written = 0;
  while (after < newest.id) {
    const read = archive.after(after, PAGE).filter(({ id }) => id <= newest.id);
    const last = read.at(-1);
    if (last === undefined) return; // The rest was too old to be kept any longer.
    after = last.id;
    const lines = read.filter(isWanted).map((message) => `${lineOf(message, json)}\n`);
    written += lines.length;
    if (lines.length > 0) yield lines.join('');
    progress.show(() => how(written, last.at, (last.at - first) / (newest.at - first)));
    await setImmediate(); // Signals, and whatever else waits.
  }
}

function how(written: number, at: number, share: number): string {
  const day = new Date(at).toISOString().slice(0, 10);
  return `${amount(written, 'message')}, up to ${day}${share >= 0 ? ` (${Math.floor(100 * share)}%)` : ''}`;
}

/** Pages of the archive, as `beginning` asks for them. */
function page(
  archive: Archive,
  { after, limit = PAGE }: { after?: number | undefined; limit?: number | undefined },
) {
  const newest = archive.newest();
  const found = after === undefined ? (newest ? [newest] : []) : archive.after(after, limit);
  return { messages: found.map(asMessage), more: found.length === limit };
}

/** Whoever read it has read enough. */
function unlessReadEnough(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
}
