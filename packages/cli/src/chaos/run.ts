/** One run of chaos: members talk on bad lines while the server is killed again and again; then it is checked who has what. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Served, serve } from '../testing/palabre.ts';
import { Chance } from './chance.ts';
import { BadLine } from './proxy.ts';
import { recall } from './recall.ts';
import { Survivor, type Told } from './survivor.ts';

export interface Size {
  readonly members: number;
  readonly messages: number;
  readonly kills: number;
}

export interface Found {
  readonly kills: number;
  readonly cuts: number;
  readonly resumes: number;
  readonly messages: number;
}

const ROOMS = ['oak', 'elm'];

/** How long, in ms, anything that is waited for may take on a busy machine. */
const DEADLINE_MS = 120_000;

/** Whom the n-th message of a member is for: the lobby, the member's room, its neighbour. */
function addressed(member: number, n: number, members: number): { tags: string; word: string; to: string } {
  if (n % 4 === 1) return { tags: `;room=${ROOMS[member % 2]}`, word: 'MSG', to: ROOMS[member % 2] ?? '' };
  if (n % 4 === 3)
    return { tags: '', word: `PRV m${(member + 1) % members}`, to: `m${(member + 1) % members}` };
  return { tags: '', word: 'MSG', to: '' };
}

/** Who is to get it, as the lines themselves tell: `MSG m3 3:17:oak`. */
function entitled(member: number, { line, room }: Told, members: number): boolean {
  const [word, , text = ''] = line.split(' ');
  const author = Number(text.split(':')[0]);
  if (word === 'PRV') return author === member || (author + 1) % members === member;
  return room === '' || room === ROOMS[member % 2];
}

export async function chaos(seed: number, size: Size): Promise<Found> {
  const chance = new Chance(seed);
  const data = mkdtempSync(join(tmpdir(), 'palabre-chaos-'));
  const flags = ['--data', data, '--rate', 'off'];
  let server: Served = await serve(...flags);
  const line = new BadLine(server.port, chance);
  const port = await line.listen();
  const survivors: Survivor[] = [];
  const until = async (what: string, holds: () => boolean): Promise<void> => {
    let late = false;
    const deadline = setTimeout(() => {
      late = true;
      for (const one of survivors) one.wake();
    }, DEADLINE_MS);
    try {
      while (!holds()) {
        const wrong = survivors.flatMap((one) => one.wrong);
        assert.deepEqual(wrong, [], `seed ${seed}`);
        assert.ok(!late, `seed ${seed}: waited in vain for ${what}`);
        await Promise.race(survivors.map((one) => one.happens()));
      }
    } finally {
      clearTimeout(deadline);
    }
  };
  try {
    // All enter, and then their rooms, while the line is good; every third is on two connections.
    const members = Array.from({ length: size.members }, (_, i) => new Survivor(port, `m${i}`));
    survivors.push(...members);
    await until('all to enter', () => members.every(({ joined }) => joined));
    const devices = members.map((one, i) =>
      i % 3 === 0 ? new Survivor(port, one.name, one.token) : undefined,
    );
    for (const device of devices) if (device) survivors.push(device);
    await until('the devices', () => survivors.every(({ joined }) => joined));
    members.forEach((one, i) => {
      one.ask(`@room=${ROOMS[i % 2]} IAM ${one.name}`);
    });
    const arrivals = (one: Survivor): number =>
      one.presence.filter((line) => / (oak|elm)$/.test(line)).length;
    const inRoom = (i: number): number => members.filter((_, j) => j % 2 === i % 2).length;
    await until('the rooms', () => members.every((one, i) => arrivals(one) >= (i < 2 ? inRoom(i) : 1)));
    await until('the last in', () => members.slice(-2).every((one) => one.presence.length > 0));
    const last = members.at(-1);
    last?.say([{ ref: 'begin', line: '@ref=begin MSG begin' }]);
    await until('the beginning', () =>
      survivors.every((one) => one.told.some(({ line }) => line.endsWith(' begin'))),
    );
    const quiet = survivors.map((one) => one.presence.length);

    // They talk, and the server is killed each time a further part has been receipted.
    line.bad = true;
    members.forEach((one, i) => {
      one.say(
        Array.from({ length: size.messages }, (_, n) => {
          const { tags, word, to } = addressed(i, n, size.members);
          return { ref: `r${n}`, line: `@ref=r${n}${tags} ${word} ${i}:${n}:${to}` };
        }),
      );
    });
    const total = size.members * size.messages;
    const receipted = (): number => members.reduce((sum, one) => sum + one.receipts, -1);
    for (let kill = 1; kill <= size.kills; kill++) {
      await until(`kill ${kill}`, () => receipted() >= (kill * total) / (size.kills + 1));
      server.process.kill('SIGKILL');
      await once(server.process, 'close');
      server = await serve(...flags, '--tcp', `127.0.0.1:${server.port}`);
    }
    await until('all receipts', () => members.every(({ done }) => done));
    line.bad = false;
    last?.say([{ ref: 'end', line: '@ref=end MSG end' }]);
    await until('the end', () =>
      survivors.every((one) => one.told.some(({ line }) => line.endsWith(' end'))),
    );

    check(members, survivors, quiet, size, seed);
    await checkJournal(members, port, seed);
    const resumes = survivors.reduce((sum, one) => sum + one.resumes, 0);
    return { kills: size.kills, cuts: line.cuts, resumes, messages: total };
  } finally {
    for (const one of survivors) one.close();
    line.close();
    server.process.kill('SIGKILL');
    await server[Symbol.asyncDispose]();
    rmSync(data, { recursive: true, force: true });
  }
}

function check(
  members: readonly Survivor[],
  survivors: readonly Survivor[],
  quiet: readonly number[],
  size: Size,
  seed: number,
): void {
  const all = new Map<number, Told>();
  for (const one of survivors) {
    for (const told of one.told) {
      assert.equal(
        all.get(told.id)?.line ?? told.line,
        told.line,
        `seed ${seed}: two lines have the id ${told.id}`,
      );
      all.set(told.id, told);
    }
  }
  // Each was said once: as many ids as messages, and no text twice.
  const texts = new Set([...all.values()].map(({ line }) => line));
  assert.equal(all.size, size.members * size.messages + 2, `seed ${seed}: messages`);
  assert.equal(texts.size, all.size, `seed ${seed}: something was said twice`);
  const order = [...all.keys()].sort((a, b) => a - b);
  survivors.forEach((one, i) => {
    // Whoever is entitled to it has it once, in the one order; and nobody saw anybody come or go.
    const member = members.findIndex(({ name }) => name === one.name);
    const due = order.filter((id) => entitled(member, all.get(id) ?? assert.fail(), size.members));
    assert.deepEqual(
      one.told.map(({ id }) => id),
      due,
      `seed ${seed}: what ${one.name} was told`,
    );
    assert.deepEqual(one.presence.slice(quiet[i]), [], `seed ${seed}: ${one.name} saw somebody come or go`);
    const room = ROOMS[Number(one.name.slice(1)) % 2];
    if (one.resumes > 1) assert.deepEqual(one.rooms, [room], `seed ${seed}: ${one.name} was told its room`);
  });
  // What one member said is in the order in which it said it.
  for (const one of members) {
    const own = order
      .map((id) => all.get(id)?.line.split(' ')[2] ?? '')
      .filter((text) => text.startsWith(`${one.name.slice(1)}:`));
    assert.deepEqual(
      own.map((text) => Number(text.split(':')[1])),
      own.map((_, n) => n),
      `seed ${seed}: the order of ${one.name}`,
    );
  }
}

// What was seen is kept: what each member was told is what the journal has for it.
async function checkJournal(members: readonly Survivor[], port: number, seed: number): Promise<void> {
  for (const [i, member] of members.entries()) {
    const neighbours = [i + 1, i - 1 + members.length].map((j) => `with=m${j % members.length}`);
    const scopes = ['limit=500', `room=${ROOMS[i % 2]}`, ...neighbours];
    const kept = await recall(port, member.token ?? '', scopes);
    const told = member.told.map(({ id, line }) => `${id} ${line}`);
    assert.deepEqual(kept, told, `seed ${seed}: what is kept for ${member.name}`);
  }
}
