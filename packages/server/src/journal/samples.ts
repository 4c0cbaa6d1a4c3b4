/** What tests of the journal keep, and where. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Name, nameKey, parseName } from '@palabre/protocol';
import type { HistoryQuery, Journal, JournalRecord, KeptMember, KeptMessage } from './kept.ts';

/** A directory that is gone after the test. */
export function temporary(t: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'palabre-journal-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export function named(text: string): Name {
  const name = parseName(text);
  if (name === undefined) throw new Error(`${text} is not a name`);
  return name;
}

/** A message of ana's (identity 1) in the lobby. */
export function message(id: number, rest: Partial<KeptMessage> = {}): KeptMessage {
  return { id, at: 1_000 + id, from: named('ana'), author: 1, room: '', text: `message ${id}`, ...rest };
}

export function said(id: number, rest: Partial<KeptMessage> = {}): JournalRecord {
  return { type: 'message', message: message(id, rest) };
}

/** A member in the room dev, which it made. */
export function member(identity: number, name: string, place = 0): KeptMember {
  const dev = named('Dev');
  return {
    identity,
    name: named(name),
    rooms: [{ key: nameKey(dev), name: dev, created: place, since: place }],
  };
}

/** Resolves once all are durable; rejects if none of them is. */
export function kept(journal: Journal, records: readonly JournalRecord[]): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!journal.keep(records, (error) => (error ? reject(error) : resolve()))) resolve();
  });
}

/** Everything in the lobby. */
export const lobby: HistoryQuery = {
  scope: { type: 'room', room: '', since: 0 },
  limit: 100_000,
  first: 'newest',
};
