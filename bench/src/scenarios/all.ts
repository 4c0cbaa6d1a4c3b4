import { fanout } from './fanout.ts';
import { joinAll, joinMany } from './join.ts';
import { latency } from './latency.ts';
import type { Scenario } from './scenario.ts';
import { start } from './start.ts';

export const SCENARIOS: readonly Scenario[] = [fanout, latency, joinAll, joinMany, start];
