import type { Hearing } from './ear.ts';
import type { Learned } from './grammar.ts';
import type { Target } from './line.ts';
import type { Tally } from './tally.ts';

/** What every connection that fuzzes is given. */
export interface Stage {
  readonly tcp: Target;
  /** undefined: it has no certificate, and its HTTP is in the clear. */
  readonly tls: Target | undefined;
  readonly http: Target;
  /** The address of this machine that the server takes for a proxy's on TCP and TLS; undefined: there is none on this system. */
  readonly proxy: string | undefined;
  readonly tally: Tally;
  readonly learned: Learned;
  readonly hearing: Hearing;
  /** The most lines that one connection says. */
  readonly lines: number;
}
