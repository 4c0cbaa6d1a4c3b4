import type { Contender } from './contender.ts';
import { inspircd } from './inspircd.ts';
import { nats } from './nats.ts';
import { ngircd } from './ngircd.ts';
import { palabre, palabreJournal } from './palabre.ts';

/** Everyone who can take part, in the order of their turns. Ratios are to the first. */
export const CONTENDERS: readonly Contender[] = [palabre, palabreJournal, ngircd, inspircd, nats];
