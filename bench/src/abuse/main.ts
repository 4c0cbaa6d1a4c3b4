/** The abusers' process: they have one of their own, so that whoever is measured beside them shares nothing with them but the machine. */
import { getPriority, setPriority } from 'node:os';
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

/** They yield to whoever measures on the same core: elsewhere they would be other machines. What they did all the same is among the figures. */
const NICER = 19;

const { port, webPort, kinds } = JSON.parse(process.argv[2] ?? '') as Assault;
setPriority(Math.min(19, getPriority() + NICER));
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
