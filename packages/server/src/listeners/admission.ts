// 4.4  connections from one address, unless it is this machine's own
export const CONNECTIONS_AN_ADDRESS = 128;

/** Who may connect: so many in all, so many from one address. */
export class Admission {
  readonly #most: number;
  readonly #byAddress = new Map<string, number>();
  #count = 0;

  /** `most`: connections at a time, in all. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Whether one more connection from this address is let in; if so, `leave` is to be called when it ends. */
  enter(address: string): boolean {
    if (this.#count >= this.#most) return false;
    if (!isLoopback(address)) {
      const connections = this.#byAddress.get(address) ?? 0;
      if (connections >= CONNECTIONS_AN_ADDRESS) return false;
      this.#byAddress.set(address, connections + 1);
    }
    this.#count++;
    return true;
  }

  leave(address: string): void {
    this.#count--;
    const connections = this.#byAddress.get(address);
    if (connections === undefined) return;
    if (connections > 1) this.#byAddress.set(address, connections - 1);
    else this.#byAddress.delete(address);
  }
}

/** Whether this is an address of the machine itself: 127.0.0.0/8 (also as IPv6 writes it) or ::1. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}
