/** What an operator is shown. */
import type { Answers, ShownBan, Stats } from '@palabre/server';
import { formatDuration } from '../terminal/durations.ts';
import { table } from './table.ts';

/** A row for each connection, and for each member that is waited for. */
export function people({ people }: Answers['who']): string {
  const heading = ['NAME', 'ADDRESS', 'BY', 'FORM', 'AGE', 'QUEUED', 'ROOMS'];
  const rows = people.map(({ name, address, listener, form, ageMs, queuedBytes, rooms }) => [
    name ?? '-',
    address ?? '(away)',
    listener ?? '-',
    form ?? '-',
    ageMs === null ? '-' : formatDuration(ageMs),
    queuedBytes === null ? '-' : bytes(queuedBytes),
    rooms.join(' '),
  ]);
  return table([heading, ...rows], [4, 5]);
}

export function bans({ bans }: Answers['bans']): string {
  if (bans.length === 0) return 'Nobody is banned.\n';
  const heading = ['WHO', 'SINCE', 'UNTIL', 'REASON'];
  const rows = bans.map((ban) => [who(ban), time(ban.since), until(ban.until), ban.reason ?? '']);
  return table([heading, ...rows]);
}

/** Who is banned: a name, or an address. */
export function who({ name, address }: ShownBan): string {
  return name === undefined ? (address ?? '') : `name ${name}`;
}

export function stats({ stats }: Answers['stats']): string {
  const { connections, memory, journal } = stats;
  const by = `${connections.tcp} tcp, ${connections.tls} tls, ${connections.http} http`;
  const forms = `${connections.plain} plain, ${connections.extended} extended; ${connections.strangers} without a name`;
  return table([
    ['up', formatDuration(stats.uptimeMs) + (stats.draining ? ', and ending' : '')],
    ['connections', `${connections.all}: ${by}; ${forms}`],
    ['members', `${stats.members}, ${stats.lingering} of them away`],
    ['rooms', String(stats.rooms)],
    ['messages', `${stats.messages} since the start`],
    ['memory', `${bytes(memory.rssBytes)}, ${bytes(memory.heapBytes)} of it heap`],
    ['journal', `${bytes(journal.bytes)}, ${state(journal.state)}`],
  ]);
}

function state(state: Stats['journal']['state']): string {
  return state === 'ok' ? 'in order' : 'cannot be written: no message is taken';
}

/** `1 connection`, `2 connections`. */
export function counted(connections: number): string {
  return `${connections} connection${connections === 1 ? '' : 's'}`;
}

export function until(ms: number | null): string {
  return ms === null ? 'for good' : time(ms);
}

/** By this machine's clock: `2026-11-29 21:05`. */
export function time(ms: number): string {
  return new Date(ms).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' });
}

function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  if (count < 1_000_000) return `${Math.round(count / 1000)} KB`;
  return `${(count / 1_000_000).toFixed(1)} MB`;
}
