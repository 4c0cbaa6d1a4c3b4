/** How the connection fares, in words: the truth, and what one can do about it. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { useView } from './view.ts';

/** In the corner: a dot and a word. */
export function LineDot(): JSX.Element {
  const { app, words } = useView();
  const { state } = app.line.value;
  return <span class={`line-dot ${state}`}>{words.value.line[state]}</span>;
}

/** Over the box, as long as there is something to say. */
export function LineBanner(): JSX.Element | null {
  const { app, words } = useView();
  const t = words.value.line;
  const { state, retryAt, waiting } = app.line.value;
  const seconds = useSecondsUntil(retryAt);
  if (state === 'connected' || state === 'connecting') return null;
  return (
    <div class="banner">
      <span>
        {state === 'offline' && t.offlineLong}
        {state === 'reconnecting' && t.reconnectingLong}
        {state === 'closed' && t.closedLong}
        {waiting > 0 && <strong> {t.waiting(waiting)}. </strong>}
      </span>
      {state === 'reconnecting' && (
        <>
          <span class="countdown">{seconds > 0 ? t.retryIn(seconds) : t.retrying}</span>
          <button type="button" class="small" onClick={() => app.reconnectNow()}>
            {t.now}
          </button>
        </>
      )}
    </div>
  );
}

/** Whole seconds from now until a moment (ms since 1970), at least 0. Counts down. */
function useSecondsUntil(moment: number | undefined): number {
  const now = useSignal(Date.now());
  useEffect(() => {
    if (moment === undefined) return;
    now.value = Date.now();
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 500);
    return () => clearInterval(timer);
  }, [moment]);
  return moment === undefined ? 0 : Math.max(0, Math.ceil((moment - now.value) / 1000));
}
