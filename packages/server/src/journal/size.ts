import { stat } from 'node:fs/promises';
import { journalPath } from './directory.ts';

/** Bytes that the journal in `directory` takes on the disk, what has not gone to the database yet included. */
export async function bytesOf(directory: string): Promise<number> {
  const path = journalPath(directory);
  const sizes = await Promise.all([path, `${path}-wal`].map((file) => stat(file).catch(() => undefined)));
  return sizes.reduce((bytes, one) => bytes + (one?.size ?? 0), 0);
}
