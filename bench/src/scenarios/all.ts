import { abuse } from './abuse.ts';
import { fanout, webFanout } from './fanout.ts';
import { history, historyChat, historyStart } from './history.ts';
import { joinAll, joinMany } from './join.ts';
import { latency } from './latency.ts';
import { receipts, receiptsLobby } from './receipts.ts';
import type { Scenario } from './scenario.ts';
import { send } from './send.ts';
import { soak } from './soak.ts';
import { start } from './start.ts';
import { webQuiet } from './web-quiet.ts';

export const SCENARIOS: readonly Scenario[] = [
  fanout,
  latency,
  joinAll,
  joinMany,
  start,
  receipts,
  receiptsLobby,
  send,
  history,
  historyChat,
  historyStart,
  webFanout,
  webQuiet,
  abuse,
  soak,
];
