// 4.4  connections from one address, unless it is this machine's own
export const CONNECTIONS_AN_ADDRESS = 128;

/** Who may connect: so many in all, so many from one address. Of IPv6 a /64 counts as one: it is what one subscriber has (RFC 6177). */
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
      const subscriber = subscriberOf(address);
      const connections = this.#byAddress.get(subscriber) ?? 0;
      if (connections >= CONNECTIONS_AN_ADDRESS) return false;
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
}

/** Whether this is an address of the machine itself: 127.0.0.0/8 (also as IPv6 writes it) or ::1. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}

/** What is counted together: an IPv4 address (also as IPv6 writes it), or the first 64 bits of an IPv6 one, as the system writes them. */
export function subscriberOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [before = '', after] = address.split('%')[0]?.split('::') ?? [];
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array<string>(Math.max(0, zeros)).fill('0'), ...tail].slice(0, 4).join(':');
}
