import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** The heap of a server, in bytes. */
export interface Held {
  /** After the last full collection. */
  readonly live: number;
}

/** What a server started with the memory probe holds. */
export async function memoryOf(probe: string): Promise<Held> {
  return JSON.parse(await text(connect(probe))) as Held; // written by servers/memory-probe.ts
}

/** Descriptors that a process has open: files, sockets, whatever else. */
export function descriptorsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}
