import type { JournalRecord } from '../chat/effects.ts';

/** Keeps records for good. */
export interface Journal {
  /** Resolves once they are durable; `undefined` where there is nothing to wait for. */
  keep(records: readonly JournalRecord[]): Promise<void> | undefined;
}

/** `--data none`: keeps nothing and adds no delay. */
export const noJournal: Journal = { keep: () => undefined };
