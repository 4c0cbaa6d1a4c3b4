import type { Door, Visitor } from '../conversation/door.ts';
import type { EventLog } from '../event-log.ts';
import { Allowance, type Pace } from './allowance.ts';

/** How often an address may give a wrong key. */
export const GUESSES: Pace = { atOnce: 10, eachMs: 6000 };

export interface KeysOptions {
  /** Whether a key is the server's password. Takes the same time whatever is wrong. */
  readonly password: { accepts(key: string): boolean };
  /** Whether a key is an invitation that holds; `undefined`: there are none. */
  readonly invitations: { accepts(key: string): boolean } | undefined;
  /** Is told of addresses that guess. */
  readonly events: EventLog;
  /** Ms since any moment; never goes back. */
  readonly now: () => number;
}

/**
 * Who comes in shows a key: the password, or an invitation (3.13). Whoever has been let in before needs none. Wrong keys are counted for each
 * address: above the limit none is looked at, so that a right one can't be told from a wrong one.
 */
export class Keys implements Door {
  readonly #options: KeysOptions;
  readonly #guesses: Allowance;

  constructor(options: KeysOptions) {
    this.#options = options;
    this.#guesses = new Allowance(GUESSES, options.now);
  }

  // 3.13
  refuses({ address, key, known }: Visitor): 'key' | undefined {
    if (known) return undefined;
    if (key === undefined || !this.#guesses.allows(address)) return 'key';
    const { password, invitations, events } = this.#options;
    if (password.accepts(key) || invitations?.accepts(key)) return undefined;
    this.#guesses.spend(address);
    if (!this.#guesses.allows(address)) events.warn({ address }, 'wrong keys: slowed');
    return 'key';
  }
}
