import { readdirSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a server started with the memory probe holds, in bytes (process.memoryUsage). */
export async function memoryOf(probe: string): Promise<NodeJS.MemoryUsage> {
  return JSON.parse(await text(connect(probe))) as NodeJS.MemoryUsage; // written by servers/memory-probe.ts
}

/** Descriptors that a process has open: files, sockets, whatever else. */
export function descriptorsOf(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}
