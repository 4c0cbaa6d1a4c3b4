import { readFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';

/** ms in a tick of /proc's clocks (USER_HZ is 100 on every Linux that Node.js runs on). */
const TICK = 10;

/** ms of processor time, user and system, that a process has used in all its threads; in steps of 10 ms. */
export function cpuTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The second field, a program's name in parentheses, may hold spaces: count from its end.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK;
}

/** What has been spent so far, in ms. */
export interface Spent {
  readonly time: number;
  /** Processor time of a server. */
  readonly cpu: number;
  /** Processor time of this process, the load generator. */
  readonly own: number;
}

export function spentBy(pid: number): Spent {
  const { user, system } = process.cpuUsage();
  return { time: performance.now(), cpu: cpuTime(pid), own: (user + system) / 1000 };
}

/** Bytes of memory that a process occupies (its resident set). */
export function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const kilobytes = /^VmRSS:\s*(\d+) kB/m.exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`process ${pid} has ended`);
  return Number(kilobytes) * 1024;
}

/** As residentBytes, once it changes by less than 1 % in half a second, or after 5 s. */
export async function settledBytes(pid: number): Promise<number> {
  let bytes = residentBytes(pid);
  for (let i = 0; i < 10; i++) {
    await after(500);
    const before = bytes;
    bytes = residentBytes(pid);
    if (Math.abs(bytes - before) < before / 100) break;
  }
  return bytes;
}
