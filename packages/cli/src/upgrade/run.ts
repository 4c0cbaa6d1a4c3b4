/**
 * Upgrade in place: members of the extended form talk, the server is told to end (SIGTERM), and the next one is started on the same data directory and
 * port. Then it is checked that all have everything, once, in one order, and that nobody saw anybody come or go.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Survivor } from '../chaos/survivor.ts';
import { type Served, serve } from '../testing/palabre.ts';
import { LibraryMember } from './library-member.ts';

export interface Size {
  /** Every fifth has a second connection. */
  readonly members: number;
  /** By the client library, beside them. */
  readonly clients: number;
  /** Messages a second of all of them together, all the while. */
  readonly rate: number;
  /** How often the server is replaced meanwhile. */
  readonly upgrades: number;
}

/** How long one upgrade was felt, in ms from SIGTERM on. */
export interface Gap {
  /** Until the first process had ended. */
  readonly ended: number;
  /** Until the next one said that it listens. */
  readonly listens: number;
  /** Until it gave its first receipt. */
  readonly receipt: number;
  /** Until the last member was back. */
  readonly lastBack: number;
}

export interface Found {
  readonly connections: number;
  readonly messages: number;
  readonly gaps: readonly Gap[];
}

/** How often, in ms, some of them say something; and how many receipts there are before each upgrade. */
const TURN_MS = 10;
const RECEIPTS = 200;

/** How long, in ms, anything that is waited for may take on a busy machine. */
const DEADLINE_MS = 240_000;

export async function upgrade(size: Size): Promise<Found> {
  const data = mkdtempSync(join(tmpdir(), 'palabre-upgrade-'));
  const flags = ['--data', data, '--max-connections', '20000'];
  let server: Served = await serve(...flags);
  const all: Survivor[] = [];
  const clients: LibraryMember[] = [];
  let stopTalking = (): void => {};
  const until = async (what: string, holds: () => boolean): Promise<void> => {
    const deadline = performance.now() + DEADLINE_MS;
    while (!holds()) {
      assert.deepEqual(
        [...all, ...clients].flatMap(({ wrong }) => wrong),
        [],
      );
      assert.ok(performance.now() < deadline, `waited in vain for ${what}`);
      await somethingHappens([...all, ...clients], deadline);
    }
  };
  const enter = (name: string, token?: string): Survivor => {
    const one = new Survivor(server.port, name, token);
    all.push(one);
    return one;
  };
  try {
    const members = Array.from({ length: size.members }, (_, i) => enter(`m${i}`));
    await until('all to enter', () => members.every(({ joined }) => joined));
    for (const [i, { name, token }] of members.entries()) if (i % 5 === 0) enter(name, token);
    await until('their second connections', () => all.every(({ joined }) => joined));
    for (let i = 0; i < size.clients; i++) clients.push(await LibraryMember.enter(server.port, `client${i}`));
    // Once all have this, all have been told of all who came before.
    members[0]?.say([{ ref: 'begin', line: '@ref=begin MSG begin' }]);
    await until('the beginning', () => [...all, ...clients].every(({ told }) => told.length === 1));
    const presence = [...all, ...clients].map((one) => one.presence.length);

    const receipts = (): number => members.reduce((sum, one) => sum + one.receipts, 0);
    const said = members.map(() => 0);
    const total = (): number =>
      said.reduce((sum, each) => sum + each, 0) + clients.reduce((sum, one) => sum + one.said, 0);
    const talking = setInterval(() => {
      for (let i = 0; i < (size.rate * TURN_MS) / 1000; i++) {
        const speaker = total() % (size.members + size.clients);
        clients[speaker - size.members]?.sayNext();
        if (speaker >= size.members) continue;
        const n = said[speaker] ?? 0;
        said[speaker] = n + 1;
        members[speaker]?.say([{ ref: `r${n}`, line: `@ref=r${n} MSG ${speaker}:${n}` }]);
      }
    }, TURN_MS);
    stopTalking = () => clearInterval(talking);
    const gaps: Gap[] = [];
    for (let i = 1; i <= size.upgrades; i++) {
      await until(`upgrade ${i}`, () => receipts() > i * RECEIPTS);
      const { next, gap } = await replace(server, flags, all, receipts, until);
      server = next;
      gaps.push(gap);
    }
    await until('talk after the last upgrade', () => receipts() > (size.upgrades + 1) * RECEIPTS);
    stopTalking();
    await until('all receipts', () => members.every(({ done }) => done));
    await until('the receipts of clients', () => clients.every((one) => one.receipts === one.said));
    await until('everything', () => [...all, ...clients].every(({ told }) => told.length === total() + 1));
    for (const { name, resumes } of clients) assert.ok(resumes > 0, `${name} came back`);
    check([...all, ...clients], presence, [
      ...members.map(({ name }, i) => ({ name, due: texts(i, said[i] ?? 0) })),
      ...clients.map(({ name, said }) => ({ name, due: texts(name, said) })),
    ]);
    return { connections: all.length + clients.length, messages: total(), gaps };
  } finally {
    stopTalking();
    for (const one of [...all, ...clients]) one.close();
    await server[Symbol.asyncDispose]();
    rmSync(data, { recursive: true, force: true });
  }
}

async function replace(
  server: Served,
  flags: readonly string[],
  all: readonly Survivor[],
  receipts: () => number,
  until: (what: string, holds: () => boolean) => Promise<void>,
): Promise<{ next: Served; gap: Gap }> {
  const resumes = all.map((one) => one.resumes);
  const ended = once(server.process, 'close');
  const began = performance.now();
  const since = (): number => Math.round(performance.now() - began);
  server.process.kill('SIGTERM');
  const [status] = await ended;
  assert.equal(status, 0, 'the server that was told to end has done so by itself');
  const endedAfter = since();
  // All that the first one had still to say is read before its process is seen to end, or with the next turns at the latest.
  await new Promise((resolve) => setTimeout(resolve));
  const before = receipts();
  const starting = serve(...flags, '--tcp', `127.0.0.1:${server.port}`);
  let listens = 0;
  void starting.then(() => {
    listens = since();
  });
  let receipt = 0;
  await until('the first receipt', () => receipts() > before);
  receipt = since();
  await until('all to come back', () => all.every((one, i) => one.joined && one.resumes > (resumes[i] ?? 0)));
  const lastBack = since();
  return { next: await starting, gap: { ended: endedAfter, listens, receipt, lastBack } };
}

/** Resolves when one of them has heard something; looks again at the deadline at the latest. */
function somethingHappens(all: readonly (Survivor | LibraryMember)[], deadline: number): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, Math.max(0, deadline - performance.now()));
    const happened = (): void => {
      clearTimeout(late);
      // With all that has been read in this turn of the event loop: there are many of them.
      setImmediate(resolve);
    };
    for (const one of all) one.onEvent = happened;
  });
}

/** What one says: its number or name, and how-manieth it is. */
function texts(who: number | string, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `${who}:${n}`);
}

function check(
  all: readonly (Survivor | LibraryMember)[],
  presence: readonly number[],
  speakers: readonly { readonly name: string; readonly due: readonly string[] }[],
): void {
  const first = all[0]?.told ?? [];
  const expected = first.map(({ id, line }) => `${id} ${line}`).join('\n');
  assert.equal(new Set(first.map(({ line }) => line)).size, first.length, 'something was said twice');
  all.forEach((one, i) => {
    // Compared as one text: as lists, thousands of lines for hundreds of members would take minutes to tell apart.
    const told = one.told.map(({ id, line }) => `${id} ${line}`).join('\n');
    assert.ok(told === expected, `${one.name} was told the same as the first, in the same order`);
    assert.deepEqual(one.presence.slice(presence[i]), [], `${one.name} saw somebody come or go`);
    assert.equal('refused' in one ? one.refused : 0, 0, `${one.name} was refused something`);
  });
  const bySpeaker = Map.groupBy(first, ({ line }) => line.split(' ')[1]);
  for (const { name, due } of speakers) {
    const own = bySpeaker.get(name)?.map(({ line }) => line.split(' ')[2]) ?? [];
    assert.deepEqual(
      own.filter((text) => text !== 'begin'),
      due,
      `the order of ${name}`,
    );
  }
}
