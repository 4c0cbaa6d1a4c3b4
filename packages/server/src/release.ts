/** What the chat's effects mean: each is carried out here, in the order of the log, once what it tells of is durable. */
import { performance } from 'node:perf_hooks';
import { LINE_BYTES, NAME_CODE_POINTS, type ServerLine, TAG_BYTES } from '@palabre/protocol';
import { type Identity, LOBBY } from './chat/commands.ts';
import type { Act, Effect } from './chat/effects.ts';
import type { Tokens } from './conversation/tokens.ts';
import type { EventLog } from './event-log.ts';
import type { Journal } from './journal/kept.ts';
import type { Linger } from './linger.ts';
import type { Connections } from './listeners/connections.ts';
import type { Counters } from './metrics/counters.ts';
import { missed, recalled } from './recall.ts';

/** As `EXT` tells it. */
export const VERSION = 'palabre/0.1.0';

/** 4.2  So many lines of a list count as a line that was said: what it costs to make them. */
const LISTED_A_LINE = 20;

export interface Outside {
  readonly connections: Connections;
  readonly tokens: Tokens;
  readonly journal: Journal;
  readonly linger: Linger;
  /** Carries out what an operator asked for. */
  readonly operator: { carryOut(act: Act): void };
  /** Whether a server that starts again will know this member, who may come back. */
  readonly isKept: (identity: Identity) => boolean;
  readonly counters: Counters;
  readonly events: EventLog;
}

/** Carries out an effect. One for a connection that is no more has none. */
export function release(effect: Effect, outside: Outside): void {
  const { connections, journal, linger, counters } = outside;
  const { fanout } = connections;
  if (effect.type === 'broadcast') {
    if (effect.line.word === 'LFT' && effect.room === LOBBY) left(effect.line, outside);
    fanout.broadcast(effect.room, effect.line, connections.get(effect.except)?.outlet);
    return;
  }
  if (effect.type === 'linger') {
    linger.wait(effect.identity, effect.since);
    return;
  }
  if (effect.type === 'operator') {
    outside.operator.carryOut(effect.act);
    return;
  }
  const connection = connections.get(effect.connection);
  if (!connection) return;
  const { outlet, conversation, intake } = connection;
  const isThere = (): boolean => connections.get(effect.connection) !== undefined;
  switch (effect.type) {
    case 'send':
      if (effect.line.word === 'ERR' || effect.line.word === 'TKN') refused(effect.line, counters);
      fanout.send(outlet, effect.line);
      break;
    case 'list':
      fanout.sendAll(outlet, effect.lines);
      intake.charge(effect.lines.length / LISTED_A_LINE);
      break;
    case 'copy':
      if (outlet.form === 'extended') fanout.send(outlet, effect.line);
      break;
    case 'plainly':
      if (outlet.form === 'plain') fanout.send(outlet, effect.line);
      break;
    case 'welcome':
      // Who is in a room already has been in before: this is another name.
      entered(effect, outlet.rooms.length > 0, outside);
      fanout.send(outlet, withToken(effect.line, effect.identity, outside));
      break;
    case 'extend':
      fanout.read(outlet, 'extended');
      fanout.send(outlet, limits(effect.ref, linger.ms));
      break;
    case 'join':
      fanout.join(outlet, effect.room);
      break;
    case 'part':
      fanout.part(outlet, effect.room);
      break;
    case 'replay':
      fanout.awaitReplay(outlet);
      void deliver(timed(missed(journal, effect, isThere), 'replaySeconds', counters), effect.ref, (lines) =>
        fanout.replay(outlet, lines),
      );
      break;
    case 'history':
      void deliver(
        timed(recalled(journal, effect, isThere), 'historySeconds', counters),
        effect.ref,
        (lines) => {
          if (isThere()) fanout.sendAll(outlet, lines);
          conversation.recalled();
          intake.goOn();
        },
      );
      break;
    case 'recalled':
      conversation.recalled();
      intake.goOn();
      break;
    case 'entered':
      conversation.entered(effect.entered);
      intake.goOn();
      break;
    case 'close':
      conversation.closed();
      fanout.close(outlet);
      break;
    default:
      effect satisfies never;
  }
}

function refused({ marks }: ServerLine, counters: Counters): void {
  if (marks?.why !== undefined) counters.refusals.add(marks.why);
}

function entered(
  { connection, line }: Extract<Effect, { type: 'welcome' }>,
  renamed: boolean,
  { counters, events }: Outside,
): void {
  if (line.word !== 'ARR') return;
  const { name, marks } = line;
  if (renamed) events.debug({ connection, name }, 'member renamed');
  else if (marks?.resumed) {
    counters.membersResumed++;
    events.debug({ connection, name }, 'member resumed');
  } else {
    counters.membersEntered++;
    events.debug({ connection, name }, 'member entered');
  }
}

function left(line: ServerLine, { counters, events }: Outside): void {
  if (line.word !== 'LFT') return;
  const { name, marks } = line;
  if (marks?.why !== undefined) counters.membersLeft.add(marks.why);
  events.debug({ name, why: marks?.why }, 'member left');
}

async function timed<Lines>(
  read: Promise<Lines>,
  measure: 'historySeconds' | 'replaySeconds',
  counters: Counters,
): Promise<Lines> {
  const begun = performance.now();
  try {
    const lines = await read;
    counters.measures[measure].observe((performance.now() - begun) / 1000);
    return lines;
  } catch (error) {
    counters.historyFailures++;
    throw error;
  }
}

// A journal that can't be read is told as nothing found, with more to be had: a reader may ask again.
async function deliver(
  read: Promise<ServerLine[]>,
  ref: string | undefined,
  give: (lines: readonly ServerLine[]) => void,
): Promise<void> {
  let lines: readonly ServerLine[];
  try {
    lines = await read;
  } catch {
    lines = [{ word: 'HST', marks: { ref, count: 0, more: true } }];
  }
  give(lines);
}

function withToken(line: ServerLine, identity: Identity | undefined, outside: Outside): ServerLine {
  if (identity === undefined) return line;
  const token = outside.tokens.sign(identity, outside.isKept(identity));
  return { ...line, marks: { ...line.marks, token } };
}

// 3.2, 3.10
function limits(ref: string | undefined, lingerMs: number): ServerLine {
  const marks = {
    ref,
    line: LINE_BYTES,
    tags: TAG_BYTES,
    name: NAME_CODE_POINTS,
    linger: Math.floor(lingerMs / 1000),
  };
  return { word: 'EXT', version: VERSION, marks };
}
