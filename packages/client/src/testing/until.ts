import { setTimeout as pause } from 'node:timers/promises';

/** Waits until something holds, looking again and again; rejects after 20 s. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited 20 s for ${holds}`);
    await pause(5);
  }
}
