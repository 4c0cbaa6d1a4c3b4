/** Networks of addresses, IPv4 and IPv6: read, written in one way, and found quickly among thousands. */

import { groupsOf } from './addresses.ts';

/** An address and how many of its bits count. An IPv4 address as IPv6 writes it (`::ffff:192.0.2.1`) is one of IPv4. */
export interface Network {
  readonly family: 4 | 6;
  readonly bits: number;
  /** The bits that count; those that do not are not there. */
  readonly prefix: bigint;
}

interface IpAddress {
  readonly family: 4 | 6;
  readonly value: bigint;
}

const SIZE = { 4: 32, 6: 128 } as const;
const MAPPED = 0xffffn;

/** Reads `192.0.2.7`, `192.0.2.0/24`, `2001:db8::/32`; bits after those that count are dropped. `undefined`: it is none of these. */
export function parseNetwork(text: string): Network | undefined {
  const [, address = '', digits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const ip = parseAddress(address);
  if (!ip) return undefined;
  // Of an address as IPv6 writes one of IPv4, the bits are counted as IPv6 does.
  const before = ip.family === 4 && address.includes(':') ? 96 : 0;
  const bits = digits === undefined ? SIZE[ip.family] : Number(digits) - before;
  if (bits < 0 || bits > SIZE[ip.family]) return undefined;
  return { family: ip.family, bits, prefix: prefixOf(ip, bits) };
}

/** The one way to write it; an address alone without its bits. */
export function formatNetwork({ family, bits, prefix }: Network): string {
  const value = prefix << BigInt(SIZE[family] - bits);
  const address = family === 4 ? formatV4(value) : formatV6(value);
  return bits === SIZE[family] ? address : `${address}/${bits}`;
}

/** Networks, each with what belongs to it. Finding takes as long as there are different sizes of networks, however many networks. */
export class NetworkMap<T> {
  readonly #byBits: Readonly<Record<4 | 6, Map<number, Map<bigint, T>>>> = { 4: new Map(), 6: new Map() };

  set({ family, bits, prefix }: Network, value: T): void {
    const networks = this.#byBits[family].get(bits) ?? new Map<bigint, T>();
    this.#byBits[family].set(bits, networks.set(prefix, value));
  }

  /** Whether it was there. */
  delete({ family, bits, prefix }: Network): boolean {
    const networks = this.#byBits[family].get(bits);
    const was = networks?.delete(prefix) ?? false;
    if (networks?.size === 0) this.#byBits[family].delete(bits);
    return was;
  }

  /** What belongs to the networks that an address is in, the largest network first come. */
  *around(address: string): Generator<T> {
    if (this.#byBits[4].size + this.#byBits[6].size === 0) return;
    const ip = parseAddress(address);
    if (!ip) return;
    for (const [bits, networks] of this.#byBits[ip.family]) {
      const found = networks.get(prefixOf(ip, bits));
      if (found !== undefined) yield found;
    }
  }
}

/** Whether an address is in a network. */
export function isIn(address: string, { family, bits, prefix }: Network): boolean {
  const ip = parseAddress(address);
  return ip?.family === family && prefixOf(ip, bits) === prefix;
}

function prefixOf({ family, value }: IpAddress, bits: number): bigint {
  return value >> BigInt(SIZE[family] - bits);
}

function parseAddress(text: string): IpAddress | undefined {
  if (!text.includes(':')) {
    const value = parseV4(text);
    return value === undefined ? undefined : { family: 4, value };
  }
  // Without the zone of a link-local address. The URL standard's reader knows every way to write the rest.
  const [address = ''] = text.split('%');
  const url = `http://[${address}]/`;
  if (/[^0-9a-f:.]/i.test(address) || !URL.canParse(url)) return undefined;
  const value = bitsOf(new URL(url).hostname.slice(1, -1));
  return value >> 32n === MAPPED ? { family: 4, value: value & 0xffff_ffffn } : { family: 6, value };
}

function parseV4(text: string): bigint | undefined {
  const parts = text.split('.');
  // No zero before a number: some read octal then.
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

/** Of an IPv6 address as the URL standard writes it: groups in hexadecimal, one run of zeros left out. */
function bitsOf(canonical: string): bigint {
  return groupsOf(canonical).reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

function formatV4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
}

function formatV6(value: bigint): string {
  const groups = value.toString(16).padStart(32, '0').match(/.{4}/g) ?? [];
  return new URL(`http://[${groups.join(':')}]/`).hostname.slice(1, -1);
}
