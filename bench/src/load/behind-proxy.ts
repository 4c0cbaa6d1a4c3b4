/**
 * Connections as a proxy of the server's passes them on, each with an address of its own: what comes from the machine itself is under no
 * limit of an address, and what comes from strangers is (docs/protocol.md, 4.4).
 */

/** What begins a header of the PROXY protocol, version 2, of a connection over TCP and IPv4, with 12 bytes of addresses. */
const HEADER = '\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c';
/** The address that was connected to, and both ports. */
const REST = '\x7f\0\0\x01\x80\0\x1b\x9e';

/** The `number`-th address of 10.0.0.0/8. */
export function addressOf(number: number): string {
  return bytesOf(number).join('.');
}

/** What a proxy says first of a connection from there, in latin1. */
export function proxyHeader(number: number): string {
  return `${HEADER}${String.fromCharCode(...bytesOf(number))}${REST}`;
}

function bytesOf(number: number): number[] {
  return [10, (number >> 16) & 255, (number >> 8) & 255, number & 255];
}
