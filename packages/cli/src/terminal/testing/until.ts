import { setTimeout as pause } from 'node:timers/promises';

const DEADLINE_MS = 30_000;

/** Looks again and again until there is something, and gives it; after 30 s it fails with what `otherwise` says. */
export async function until<T>(look: () => T | undefined | false, otherwise: () => string): Promise<T> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`waited ${DEADLINE_MS / 1000} s; ${otherwise()}`);
    await pause(20);
  }
}
