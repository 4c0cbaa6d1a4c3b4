import type { Contender } from './contender.ts';
import { inspircd } from './inspircd.ts';
import { nats } from './nats.ts';
import { ngircd } from './ngircd.ts';
import { palabre, palabreJournal, palabreWs } from './palabre.ts';
import { socketIo } from './socket-io.ts';
import { wsLoop } from './ws-loop.ts';

/** Everyone who can take part, in the order of their turns. Ratios are to the first of those in a scenario. */
export const CONTENDERS: readonly Contender[] = [
  palabre,
  palabreJournal,
  ngircd,
  inspircd,
  nats,
  palabreWs,
  wsLoop,
  socketIo,
];
