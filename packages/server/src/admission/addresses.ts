/** Whether this is an address of the machine itself: 127.0.0.0/8 (also as IPv6 writes it) or ::1. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127\./.test(address);
}

/** What is counted together: an IPv4 address (also as IPv6 writes it), or the first 64 bits of an IPv6 one, as the system writes them. */
export function subscriberOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  return groupsOf(address.split('%')[0] ?? '')
    .slice(0, 4)
    .join(':');
}

/** The groups of an IPv6 address without its zone, with those zeros put in that are left out where it has `::`. */
export function groupsOf(address: string): string[] {
  const [before = '', after] = address.split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const zeros = after === undefined ? 0 : 8 - head.length - tail.length;
  return [...head, ...Array<string>(Math.max(0, zeros)).fill('0'), ...tail];
}
