/** The abusers' process: they have one of their own, so that whoever is measured beside them shares nothing with them but the machine. */
import { execFileSync } from 'node:child_process';
import { setPriority } from 'node:os';
import { find } from '../contenders/launch.ts';
import { Abusers, type Counted, type Kinds } from './abusers.ts';

/** The argument of the process, as JSON. */
export interface Assault {
  readonly port: number;
  readonly webPort: number;
  readonly kinds: Kinds;
}

/** What it says to its parent: that all are there, and in the end what they came to. */
export type Report = 'under way' | Done;

export interface Done extends Counted {
  /** Processor time that they have used, in ms: without it there was no abuse. */
  readonly cpuMs: number;
}

/**
 * They yield to whoever measures on the same core: elsewhere they would be other machines. What they did all the same is among the figures.
 * Node.js has no call for the policy by which a thread only runs where no other one wants to (Linux: SCHED_IDLE); `chrt` has.
 */
function yieldToAll(): void {
  const chrt = find('chrt');
  if (chrt === null) setPriority(19);
  else execFileSync(chrt, ['--all-tasks', '--idle', '--pid', '0', String(process.pid)], { stdio: 'ignore' });
}

const { port, webPort, kinds } = JSON.parse(process.argv[2] ?? '') as Assault;
yieldToAll();
const abusers = new Abusers(port, webPort);
process.once('disconnect', () => process.exit());
process.once('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ ...abusers.counted, cpuMs: (user + system) / 1000 } satisfies Report);
  abusers.stop();
  process.disconnect?.();
});
await abusers.start(kinds);
process.send?.('under way' satisfies Report);
