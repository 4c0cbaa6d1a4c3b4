/** How long is waited for a frame: a page that is hidden has none. */
const HIDDEN_MS = 200;

let waiting: (() => void) | undefined;

/** Calls once, with the next frame; in a page that is hidden, soon. For one at a time: what renders all that has changed. */
export function inNextFrame(then: () => void): void {
  const once = (): void => {
    if (waiting !== once) return;
    waiting = undefined;
    cancelAnimationFrame(request);
    clearTimeout(timer);
    then();
  };
  waiting = once;
  const request = requestAnimationFrame(once);
  const timer = setTimeout(once, HIDDEN_MS);
}

/** Does not wait for it: what is typed next must meet what is shown by then. */
export function now(): void {
  waiting?.();
}
