import { effect } from '@preact/signals';

/** Waits until something holds that reads signals; rejects after 20 s. */
export function until(holds: () => boolean): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const deadline = setTimeout(() => reject(new Error(`waited 20 s for ${holds}`)), 20_000);
  const stop = effect(() => {
    if (holds()) resolve();
  });
  return promise.finally(() => {
    clearTimeout(deadline);
    stop();
  });
}
