/**
 * Loaded before a server (`--import FILE?socket=PATH`): tells what its process holds to whoever connects to the Unix socket at that path. No system knows
 * the heap of another process.
 */
import { createServer } from 'node:net';

const path = new URL(import.meta.url).searchParams.get('socket');
if (path === null) throw new Error('memory-probe.ts is loaded with ?socket=PATH');
createServer((socket) => socket.end(JSON.stringify(process.memoryUsage())))
  .listen(path)
  .unref();
