/**
 * Loaded before a server (`--import FILE?socket=PATH`): tells what its process holds, and how late its event loop is, to whoever connects to the Unix socket at that path. No system knows
 * either of another process.
 */
import { createServer } from 'node:net';
import {
  constants,
  monitorEventLoopDelay,
  type PerformanceEntry,
  PerformanceObserver,
} from 'node:perf_hooks';
import type { Held } from '../load/probe.ts';

const path = new URL(import.meta.url).searchParams.get('socket');
if (path === null) throw new Error('memory-probe.ts is loaded with ?socket=PATH');
// Between two full collections the heap grows with what is garbage already: what was left after the last one is what the server needs.
let live = process.memoryUsage().heapUsed;
new PerformanceObserver((list) => {
  if (list.getEntries().some(isFull)) live = process.memoryUsage().heapUsed;
}).observe({ entryTypes: ['gc'] });

// What kind of collection it was stands in a detail that the types of Node.js don't know.
function isFull(entry: PerformanceEntry): boolean {
  const detail: unknown = 'detail' in entry ? entry.detail : undefined;
  const kind = typeof detail === 'object' && detail !== null && 'kind' in detail ? detail.kind : undefined;
  return kind === constants.NODE_PERFORMANCE_GC_MAJOR;
}

const loop = monitorEventLoopDelay({ resolution: 1 });
loop.enable();

createServer((socket) => {
  const held: Held = { live, lateMs: loop.percentile(99) / 1e6 };
  loop.reset();
  socket.end(JSON.stringify(held));
})
  .listen(path)
  .unref();
