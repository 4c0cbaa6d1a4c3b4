/** What tests of the extended form share: entering, resuming, and lines taken apart. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Line, parseLine } from '@palabre/protocol';
import type { RunningServer } from '../server.ts';
import { Peer } from './peer.ts';

export const EXT = '@line=4096;tags=1024;name=32;linger=60 EXT palabre/0.1.0';

/** A directory for one test's journal. */
export function directory(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'palabre-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** The next line, taken apart; `tags` without the time, which is only checked to be one. */
export async function heard(peer: Peer): Promise<{ tags: Record<string, string>; line: string; all: Line }> {
  const text = await peer.next();
  const all = parseLine(text) ?? assert.fail(`not a line: ${text}`);
  const { at, ...tags } = Object.fromEntries(all.tags ?? []);
  if (at !== undefined) assert.match(at, /^1\d{12}$/);
  return { tags, line: all.rest === '' ? all.word : `${all.word} ${all.rest}`, all };
}

/** Exactly this line comes next, with exactly these tags. */
export async function hears(peer: Peer, tags: Record<string, string>, line: string): Promise<void> {
  const got = await heard(peer);
  assert.deepEqual({ tags: got.tags, line: got.line }, { tags, line });
}

/** Enters in the extended form, with further tags if need be; the token comes with it. */
export async function enter(
  server: RunningServer,
  name: string,
  tags = '',
): Promise<{ peer: Peer; token: string }> {
  const peer = await Peer.connect(server);
  peer.say('EXT', `@ref=in${tags && `;${tags}`} IAM ${name}`);
  await peer.hears('WHO', EXT);
  const answer = await heard(peer);
  assert.equal(answer.line, `ARR ${name}`);
  return { peer, token: answer.tags.token ?? assert.fail('no token') };
}

export async function resume(
  server: RunningServer,
  token: string,
  after: number,
  name = 'any',
): Promise<Peer> {
  const peer = await Peer.connect(server);
  peer.say('EXT', `@token=${token};after=${after} IAM ${name}`);
  await peer.hears('WHO', EXT);
  return peer;
}

/** Says it and returns the receipt's id. */
export async function say(peer: Peer, line: string, ref: string): Promise<number> {
  peer.say(`@ref=${ref} ${line}`);
  for (;;) {
    const { tags } = await heard(peer);
    if (tags.ref === ref) return Number(tags.id);
  }
}

/** All lines of history that a query (its tags) brings. */
export async function history(peer: Peer, query: string): Promise<string[]> {
  peer.say(`@ref=history;${query} HST`);
  const lines: string[] = [];
  for (;;) {
    const { tags, line } = await heard(peer);
    if (tags.ref !== 'history') continue;
    if (line === 'HST' || line.startsWith('ERR')) return lines;
    lines.push(line);
  }
}
