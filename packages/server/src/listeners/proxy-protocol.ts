/**
 * The header with which a proxy says whose connection it passes on: version 2 of the PROXY protocol
 * (https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt). Whoever is trusted to send it must: the specification forbids guessing whether
 * one is there.
 */
import type { Socket } from 'node:net';
import { canonicalAddress } from './canonical.ts';

/** CR LF CR LF NUL CR LF QUIT LF: nothing that another protocol begins with. */
const SIGNATURE = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');

/** The signature, the version and command, the family, and the length of what follows. */
const FIXED_BYTES = 16;

/** A header is never longer: a proxy's has 28 or 52 bytes, and more only for what it adds of itself (TLVs), which is skipped. */
const HEADER_BYTES = 4096;

/** How long, in ms, a proxy has for its header. */
const HEADER_MS = 10_000;

const VERSION_2 = 0x20;
const LOCAL = VERSION_2;
const PROXY = VERSION_2 | 1;

/** TCP over IPv4, TCP over IPv6: the bytes of a client's address, and of all that a header says of addresses and ports. */
const FAMILIES: Readonly<Record<number, { readonly address: number; readonly all: number }>> = {
  17: { address: 4, all: 12 },
  33: { address: 16, all: 36 },
};

/** A family in the upper half and a transport in the lower that the specification knows: none, IPv4, IPv6, Unix; none, stream, datagram. */
const KNOWN_FAMILY = /^[0-3][0-2]$/;

/** What a header says: whose connection it is; `undefined`: the proxy's own, or that of somebody who has no address. */
export interface Header {
  readonly client: string | undefined;
  readonly bytes: number;
}

/** Reads a header from the first bytes of a connection. `more`: it is not whole yet; `wrong`: it is none, or too long. */
export function readHeader(bytes: Buffer): Header | 'more' | 'wrong' {
  const signed = Math.min(bytes.length, SIGNATURE.length);
  if (bytes.compare(SIGNATURE, 0, signed, 0, signed) !== 0) return 'wrong';
  if (bytes.length < FIXED_BYTES) return 'more';
  const command = bytes[12];
  const family = bytes[13] ?? 0;
  const length = FIXED_BYTES + bytes.readUInt16BE(14);
  if ((command !== LOCAL && command !== PROXY) || length > HEADER_BYTES) return 'wrong';
  // Of a connection that the proxy makes for itself nothing else counts.
  if (command === PROXY && !KNOWN_FAMILY.test(family.toString(16).padStart(2, '0'))) return 'wrong';
  const sizes = command === PROXY ? FAMILIES[family] : undefined;
  if (sizes && length < FIXED_BYTES + sizes.all) return 'wrong';
  if (bytes.length < length) return 'more';
  const client = sizes && written(bytes.subarray(FIXED_BYTES, FIXED_BYTES + sizes.address));
  return { client, bytes: length };
}

function written(address: Buffer): string | undefined {
  if (address.length === 4) return address.join('.');
  return canonicalAddress(address.toString('hex').replace(/(?<=.)(?=(?:.{4})+$)/g, ':'));
}

/**
 * Reads the header of a connection that a trusted proxy has made. `then` is given whose it is; the socket is paused
 * then, and what has come after the header is read from it next. A connection whose header is wrong, or not whole in time, is closed.
 */
export function expectHeader(socket: Socket, then: (client: string | undefined) => void): void {
  let bytes: Buffer = Buffer.alloc(0);
  const late = setTimeout(() => socket.destroy(), HEADER_MS);
  const forget = (): void => {
    clearTimeout(late);
    socket.off('data', read).off('end', giveUp).off('close', forget);
  };
  const giveUp = (): void => {
    socket.destroy();
  };
  const read = (chunk: Buffer): void => {
    bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
    const header = readHeader(bytes);
    if (header === 'more') return;
    forget();
    if (header === 'wrong') {
      socket.destroy();
      return;
    }
    socket.pause();
    const rest = bytes.subarray(header.bytes);
    if (rest.length > 0) socket.unshift(rest);
    then(header.client);
  };
  socket.on('data', read).on('end', giveUp).on('close', forget);
}

/**
 * Passes on what a connection that is nobody's proxy says, unless it begins as a header does: then `refuse` is called instead of passing on the end of the
 * signature. Nothing is held back meanwhile: an empty line begins like the signature too.
 */
export function watchForHeader(socket: Socket, pass: (chunk: Buffer) => void, refuse: () => void): void {
  let matched = 0;
  const watch = (chunk: Buffer): void => {
    const length = Math.min(chunk.length, SIGNATURE.length - matched);
    if (chunk.compare(SIGNATURE, matched, matched + length, 0, length) !== 0) {
      socket.on('data', pass).off('data', watch);
      pass(chunk);
      return;
    }
    matched += length;
    if (matched === SIGNATURE.length) refuse();
    else pass(chunk);
  };
  socket.on('data', watch);
}
