/** What a server that starts again begins with. Read in the writer's thread, made into objects in the server's. */

import type { DatabaseSync } from 'node:sqlite';
import { REFS_REMEMBERED } from '@palabre/protocol';
import type { Restored } from './kept.ts';
import { banOf, type OrderedRows, restoreOrders } from './orders.ts';
import { PartsToRead } from './parts.ts';
import { memberOf } from './rows.ts';
import { marked } from './terms.ts';

/** The refs of a member, oldest first, in columns: a quarter of a million of them are sent from thread to thread at a start. */
interface Refs {
  readonly refs: string[];
  readonly ids: number[];
  readonly ats: number[];
}

/** `Restored` as it goes from thread to thread. */
export interface RestoredRows extends OrderedRows {
  readonly secret: Uint8Array;
  readonly lastId: number;
  readonly members: readonly (readonly [identity: number, name: string, rooms: string, refs: Refs])[];
}

/** Takes as long as there are refs of members to read (1 to 2 µs each), however many messages there are. */
export function restore(db: DatabaseSync): RestoredRows {
  const secret = db.prepare('SELECT secret FROM meta').get()?.secret;
  if (!(secret instanceof Uint8Array)) throw new Error('the journal has lost its secret');
  const members = db.prepare('SELECT identity, name, rooms FROM members ORDER BY identity');
  members.setReturnArrays(true);
  const rows = members.all() as unknown as [number, string, string][];
  const refs = refsOf(
    db,
    rows.map(([identity]) => identity),
  );
  return {
    secret,
    lastId: lastIdIn(db),
    members: rows.map(([identity, name, rooms]) => [identity, name, rooms, refs.get(identity) ?? noRefs()]),
    ...restoreOrders(db, Date.now()),
  };
}

/** No id up to this may be used again. */
export function lastIdIn(db: DatabaseSync): number {
  const last = db
    .prepare('SELECT max(last_id, coalesce((SELECT max(id) FROM messages), 0)) AS last FROM meta')
    .get();
  return Number(last?.last);
}

/** Ids come from the index, member by member; what belongs to them is read in the order in which it lies in the file. */
function refsOf(db: DatabaseSync, identities: readonly number[]): Map<number, Refs> {
  const newest = { before: Number.MAX_SAFE_INTEGER, limit: REFS_REMEMBERED, first: 'newest' } as const;
  const ids = new PartsToRead(db).find(identities.map(marked), newest);
  const read = db.prepare(`
    SELECT author, messages.id, at, ref FROM json_each(?) AS wanted CROSS JOIN messages ON messages.id = wanted.value
  `);
  read.setReturnArrays(true);
  const rows = read.all(`[${Float64Array.from(ids).sort().join()}]`) as unknown as [
    number,
    number,
    number,
    string,
  ][];
  const refs = new Map<number, Refs>();
  for (const [author, id, at, ref] of rows) {
    const own = refs.get(author) ?? noRefs();
    refs.set(author, own);
    own.refs.push(ref);
    own.ids.push(id);
    own.ats.push(at);
  }
  return refs;
}

function noRefs(): Refs {
  return { refs: [], ids: [], ats: [] };
}

export function restoredOf({ secret, lastId, members, bans, withdrawn }: RestoredRows): Restored {
  return {
    secret,
    lastId,
    bans: bans.map(banOf),
    withdrawn,
    members: members.map(([identity, name, rooms, { refs, ids, ats }]) => ({
      ...memberOf(identity, name, rooms),
      refs: refs.map((ref, i) => ({ ref, id: ids[i] ?? 0, at: ats[i] ?? 0 })),
    })),
  };
}
