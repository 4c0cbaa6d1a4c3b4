/** What a server that starts again begins with. Read in the writer's thread, made into objects in the server's. */
import type { DatabaseSync } from 'node:sqlite';
import type { Restored } from './kept.ts';
import { memberOf } from './rows.ts';
import { marked } from './terms.ts';

/** How many refs of a member are remembered (3.6). */
const REFS = 256;

type RefRow = [ref: string, id: number, at: number];

/** `Restored` as it goes from thread to thread. */
export interface RestoredRows {
  readonly secret: Uint8Array;
  readonly lastId: number;
  readonly members: readonly (readonly [
    identity: number,
    name: string,
    rooms: string,
    refs: readonly RefRow[],
  ])[];
}

/** Takes as long as there are refs of members to read, however many messages there are. */
export function restore(db: DatabaseSync): RestoredRows {
  const meta = db
    .prepare('SELECT secret, max(last_id, coalesce((SELECT max(id) FROM messages), 0)) AS last FROM meta')
    .get();
  if (!(meta?.secret instanceof Uint8Array)) throw new Error('the journal has lost its secret');
  const members = db.prepare('SELECT identity, name, rooms FROM members ORDER BY identity');
  const refs = db.prepare(`
    SELECT ref, id, at FROM found CROSS JOIN messages ON id = found.rowid WHERE found MATCH ? ORDER BY found.rowid DESC LIMIT ${REFS}
  `);
  members.setReturnArrays(true);
  refs.setReturnArrays(true);
  const rows = members.all() as unknown as [number, string, string][];
  return {
    secret: meta.secret,
    lastId: Number(meta.last),
    members: rows.map(([identity, name, rooms]) => [
      identity,
      name,
      rooms,
      (refs.all(marked(identity)) as unknown as RefRow[]).reverse(),
    ]),
  };
}

export function restoredOf({ secret, lastId, members }: RestoredRows): Restored {
  return {
    secret,
    lastId,
    members: members.map(([identity, name, rooms, refs]) => ({
      ...memberOf(identity, name, rooms),
      refs: refs.map(([ref, id, at]) => ({ ref, id, at })),
    })),
  };
}
