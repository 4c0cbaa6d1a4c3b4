/** Waiting for what a connection brings, with a deadline and never by sleeping. */

/** How long, in ms, what is expected may take on a busy machine before the test fails. */
const DEADLINE_MS = 20_000;

export class Alarm {
  #wake: () => void = () => {};

  /** Something came: whoever waits looks again. */
  ring(): void {
    this.#wake();
  }

  /** Resolves once it holds. Rejects if it does not within 20 s. */
  async until(holds: () => boolean): Promise<void> {
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    while (!holds()) {
      await new Promise<void>((resolve, reject) => {
        const late = (): void => reject(new Error(`nothing came within ${DEADLINE_MS} ms`));
        deadline.addEventListener('abort', late, { once: true });
        this.#wake = () => {
          deadline.removeEventListener('abort', late);
          resolve();
        };
      });
    }
  }
}
