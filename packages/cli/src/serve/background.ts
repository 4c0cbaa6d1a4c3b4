import { readdirSync, readFileSync } from 'node:fs';
import { giveWay } from '@palabre/server';

/** As V8's helpers are called by Node.js. */
const HELPER = 'V8Worker';

/**
 * Has the threads that collect garbage beside the chat's give way to it: where all share one core, four of them would take most of it for some
 * 50 ms each time. On Linux alone: elsewhere a thread has no priority of its own.
 */
export function putHelpersInTheBackground(): void {
  if (process.platform !== 'linux') return;
  try {
    for (const thread of readdirSync('/proc/self/task')) {
      const name = readFileSync(`/proc/self/task/${thread}/comm`, 'utf8').trim();
      if (name === HELPER) giveWay(Number(thread));
    }
  } catch {
    // Without /proc they stay as they are.
  }
}
