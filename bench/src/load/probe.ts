import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a server knows of itself. */
export interface Held {
  /** Bytes of its heap after the last full collection. */
  readonly live: number;
  /** How late its event loop was since it was last asked, in ms: the 99th percentile, about 1 where it was never busy. */
  readonly lateMs: number;
}

/** What a server started with the memory probe holds. */
export async function heldBy(probe: string): Promise<Held> {
  return JSON.parse(await text(connect(probe))) as Held; // written by servers/memory-probe.ts
}

/** Descriptors that a process has open: files, sockets, whatever else. */
export function descriptorsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}
