/** The abusers' process: they have one of their own, so that whoever is measured beside them shares nothing with them but the machine. */
import { setPriority } from 'node:os';
import { Abusers, type Counted, type Kinds } from './abusers.ts';

/** The argument of the process, as JSON. */
export interface Assault {
  readonly port: number;
  readonly webPort: number;
  readonly kinds: Kinds;
}

/** What it says to its parent: that all are there, and in the end what they came to. */
export type Report = 'under way' | Counted;

/** The least that the system gives: they take what the honest leave. */
const NICEST = 19;

const { port, webPort, kinds } = JSON.parse(process.argv[2] ?? '') as Assault;
setPriority(NICEST);
const abusers = new Abusers(port, webPort);
process.once('disconnect', () => process.exit());
process.once('message', () => {
  process.send?.(abusers.counted satisfies Report);
  abusers.stop();
  process.disconnect?.();
});
await abusers.start(kinds);
process.send?.('under way' satisfies Report);
