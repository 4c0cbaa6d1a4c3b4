/** One connection, as the core sees it: lines out. All that a transport is. */
export interface Wire {
  /** Sends lines, without their ends. Called only after `opened`. */
  readonly say: (lines: readonly string[]) => void;
  /** Ends the connection, once what was said has gone out. Whatever it still tells is not heard. */
  readonly drop: () => void;
}

/** Whom a transport tells what happens. */
export interface Ear {
  opened(): void;
  /** Lines without their ends, as they came in together. */
  heard(lines: readonly string[]): void;
  /** May be told more than once. */
  lost(cause?: Error): void;
}

/** Begins a connection to the server. Never throws and never calls back before it has returned: what fails is told as `lost`. */
export type Dial = (ear: Ear) => Wire;
