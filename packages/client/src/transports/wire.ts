import type { ServerAddress } from '../address.ts';

/** One connection, as the core sees it: lines out. All that a transport is. */
export interface Wire {
  /** Sends lines joined by LF, without the last LF. Called only after `opened`. */
  say(lines: string): void;
  /** Ends the connection, once what was said has gone out. Nothing is heard from it any more. */
  drop(): void;
}

/** Whom a transport tells what happens. After `lost`, or the wire's `drop`, it tells nothing more. */
export interface Ear {
  opened(): void;
  /** Lines without their ends, as they came in together. */
  heard(lines: readonly string[]): void;
  lost(cause?: Error): void;
}

/** Begins a connection. Never throws and never calls back before it has returned: what fails is told as `lost`. */
export type Dial = (address: ServerAddress, ear: Ear) => Wire;
