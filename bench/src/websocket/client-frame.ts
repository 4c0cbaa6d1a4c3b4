/** Frames as a client sends them (RFC 6455, 5.2), as strings of bytes (latin1). */

const FIN = 0x80;
const MASKED = 0x80;
const TEXT = 1;
const PONG = 10;
/** A client has to mask. This key leaves what it masks as it is, and the server's `ws` spends nothing on it. */
const KEY = '\0\0\0\0';

/** The bytes before a message of `length` bytes. */
export function clientHeader(length: number, opcode = TEXT): string {
  const first = String.fromCharCode(FIN | opcode);
  if (length < 126) return first + String.fromCharCode(MASKED | length) + KEY;
  if (length > 0xffff) throw new Error(`a message of ${length} bytes: 65535 is the most`);
  return first + String.fromCharCode(MASKED | 126, length >> 8, length & 0xff) + KEY;
}

/** A whole message. */
export function clientFrame(text: string): string {
  return clientHeader(text.length) + text;
}

/** The answer to a ping. */
export function pongFrame(payload: string): string {
  return clientHeader(payload.length, PONG) + payload;
}
