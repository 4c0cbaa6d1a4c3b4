/** What a listener wraps the lines in that it gives to a connection at once: over TCP nothing, over a WebSocket a message (3.12). */
export interface Framing {
  /** The most bytes that a header takes. */
  readonly headerBytes: number;
  /** What goes before these bytes. They are only measured. */
  header(payload: Buffer): Buffer;
}

/** These lines as one frame. The LF after the last is left out: it ends with the frame. */
export function frame(framing: Framing, lines: readonly Buffer[]): Buffer[] {
  const joined = lines.length === 1 ? lines[0] : Buffer.concat(lines);
  if (!joined || joined.length === 0) return [];
  const payload = joined.subarray(0, -1);
  return [framing.header(payload), payload];
}
