/**
 * Connections as a proxy of the server's passes them on, each with an address of its own: what comes from the machine itself is under no
 * limit of an address, and what comes from strangers is (docs/protocol.md, 4.4).
 */
import { upgradeRequest } from '../websocket/handshake.ts';

/** What begins a header of the PROXY protocol, version 2, of a connection over TCP and IPv4, with 12 bytes of addresses. */
const HEADER = '\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c';
/** The address that was connected to, and both ports. */
const REST = '\x7f\0\0\x01\x80\0\x1b\x9e';

/** What is said first, in latin1, of a connection from the `number`-th address of 10.0.0.0/8: of one for lines by the proxy, of one for a WebSocket by both. */
export function helloFrom(number: number, web: boolean): string {
  const address = [10, (number >> 16) & 255, (number >> 8) & 255, number & 255];
  if (web) return upgradeRequest('/chat', address.join('.'));
  return `${HEADER}${String.fromCharCode(...address)}${REST}`;
}
