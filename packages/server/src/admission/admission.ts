import { isLoopback, subscriberOf } from './addresses.ts';
import { Allowance, type Pace } from './allowance.ts';

/** Why a connection is not let in: too many in all, too many from its address, or from there too many lately. */
export type NotAdmitted = 'full' | 'address' | 'pace';

export interface AdmissionOptions {
  /** Connections at a time, in all. */
  readonly most: number;
  /** From one address. */
  readonly anAddress: number;
  /** How often an address may connect; as often as it likes by default. */
  readonly pace?: Pace | undefined;
  /** Is told of each that is not let in. */
  readonly onRefused?: (why: NotAdmitted, address: string) => void;
  /** Ms since any moment; never goes back. */
  readonly now: () => number;
}

/**
 * Who may connect: so many in all, so many from one address, and from there so often. Of IPv6 a /64 counts as one: it is what one subscriber has
 * (RFC 6177). This machine's own addresses are not counted.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #paced: Allowance | undefined;
  readonly #byAddress = new Map<string, number>();
  #count = 0;

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#paced = options.pace && new Allowance(options.pace, options.now);
  }

  /** Whether one more connection from this address is let in; if so, `leave` is to be called when it ends. */
  enter(address: string): boolean {
    const { most, anAddress } = this.#options;
    if (this.#count >= most) return this.#refuse('full', address);
    if (!isLoopback(address)) {
      const subscriber = subscriberOf(address);
      const connections = this.#byAddress.get(subscriber) ?? 0;
      if (connections >= anAddress) return this.#refuse('address', address);
      if (this.#paced?.allows(address) === false) return this.#refuse('pace', address);
      this.#paced?.spend(address);
      this.#byAddress.set(subscriber, connections + 1);
    }
    this.#count++;
    return true;
  }

  leave(address: string): void {
    this.#count--;
    const subscriber = subscriberOf(address);
    const connections = this.#byAddress.get(subscriber);
    if (connections === undefined) return;
    if (connections > 1) this.#byAddress.set(subscriber, connections - 1);
    else this.#byAddress.delete(subscriber);
  }

  #refuse(why: NotAdmitted, address: string): false {
    this.#options.onRefused?.(why, address);
    return false;
  }
}
