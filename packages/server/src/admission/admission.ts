import { isLoopback, subscriberOf } from './addresses.ts';

// 4.4  connections from one address, unless it is this machine's own
export const CONNECTIONS_AN_ADDRESS = 128;

/** Who may connect: so many in all, so many from one address. Of IPv6 a /64 counts as one: it is what one subscriber has (RFC 6177). */
export class Admission {
  readonly #most: number;
  readonly #anAddress: number;
  readonly #onRefused: (why: 'full' | 'address', address: string) => void;
  readonly #byAddress = new Map<string, number>();
  #count = 0;

  /** `most`: connections at a time, in all; `anAddress`: from one. `onRefused` is told of each that is not let in: too many in all, or from its address. */
  constructor(
    most: number,
    anAddress = CONNECTIONS_AN_ADDRESS,
    onRefused: (why: 'full' | 'address', address: string) => void = () => {},
  ) {
    this.#most = most;
    this.#anAddress = anAddress;
    this.#onRefused = onRefused;
  }

  /** Whether one more connection from this address is let in; if so, `leave` is to be called when it ends. */
  enter(address: string): boolean {
    if (this.#count >= this.#most) return this.#refuse('full', address);
    if (!isLoopback(address)) {
      const subscriber = subscriberOf(address);
      const connections = this.#byAddress.get(subscriber) ?? 0;
      if (connections >= this.#anAddress) return this.#refuse('address', address);
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

  #refuse(why: 'full' | 'address', address: string): false {
    this.#onRefused(why, address);
    return false;
  }
}
