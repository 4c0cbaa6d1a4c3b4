/** Waits for a promise that a signal may give up: `abort` is called if the signal is aborted first, and has to settle the promise. */
export async function abortable<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
  abort: () => void,
): Promise<T> {
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await promise;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
