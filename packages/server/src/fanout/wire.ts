import type { Framing } from './framing.ts';

/** The way out to one connection, as a listener provides it: bytes and an end, nothing of what they mean. */
export interface Wire {
  /** What lines are wrapped in before they are written; `undefined`: nothing. */
  readonly framing: Framing | undefined;
  /**
   * Writes these bytes, in this order, all of them. `false` where they don't all fit in what the system takes now: they are kept, and
   * nothing more is to be written until the listener calls `Outlet.drained`. The bytes are shared: they are never changed.
   */
  write(pieces: readonly Buffer[]): boolean;
  /** Bytes that were written and that the system has not taken yet. */
  readonly unsent: number;
  /** Ends the connection after what was written. */
  end(): void;
  /** Ends it now: what was written and not sent is given up. */
  destroy(): void;
}
