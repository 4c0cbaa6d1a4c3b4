/** The bounds of what the server holds for its connections, in bytes, and for how long it waits for them (docs/architecture.md, Fan-out). */

/** A connection that has not read this much is closed, `why=slow`. */
export const UNREAD_LIMIT_BYTES = 8 * 1024 * 1024;

/** A connection that has not read this much is behind; where a quarter of a room is, its speakers wait. */
export const LAGGING_BYTES = 256 * 1024;

/** Who has taken nothing for this long, in ms, is not waited for. */
export const PATIENCE_MS = 250;

/** What was held back is written in portions of this size. */
export const PORTION_BYTES = 256 * 1024;

/** A batch of this size waits for its flush before more is read from those who speak. */
export const BATCH_FULL_BYTES = 1024 * 1024;

/** A connection that is owed this much is not read from: it does not get to ask for more. */
export const OWED_BYTES = 1024 * 1024;

/** What holding back a piece takes beside its bytes, so that small pieces count for what they cost. */
export const KEPT_PIECE_BYTES = 128;
