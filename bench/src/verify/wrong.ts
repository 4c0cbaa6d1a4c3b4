/** A server gave a member something else than what was due: the benchmark fails. */
export class Wrong extends Error {
  override readonly name = 'Wrong';
}

/** Bytes as they are shown in a message: one line, at most 120 bytes of it. */
export function quote(bytes: Buffer, at: number, end: number): string {
  return JSON.stringify(bytes.toString('latin1', at, Math.min(end, at + 120)));
}
