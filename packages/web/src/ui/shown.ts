/** The line that was looked for: the list goes there, points it out for a moment, and gives it the focus. */
import { type ReadonlySignal, useSignal, useSignalEffect } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { ConversationKey } from '../model/app.ts';
import type { Reel } from './reel.ts';
import { useView } from './view.ts';

const SHOWN_MS = 2500;

export interface Shown {
  readonly key: ReadonlySignal<string | undefined>;
  /** Once the rows are in the document. Whether the line is among them, and had yet to get the focus. */
  giveFocus(rows: Element): boolean;
}

export function useShown(conversation: ConversationKey, reel: Reel): Shown {
  const { jumps } = useView();
  const key = useSignal<string | undefined>(undefined);
  const toFocus = useRef<string | undefined>(undefined);

  useSignalEffect(() => {
    const target = jumps.target.value;
    if (target?.conversation !== conversation) return;
    jumps.target.value = undefined;
    key.value = target.shown;
    toFocus.current = target.shown;
    reel.go(target.place);
  });

  useSignalEffect(() => {
    if (key.value === undefined) return;
    const timer = setTimeout(() => {
      key.value = undefined;
    }, SHOWN_MS);
    return () => clearTimeout(timer);
  });

  return {
    key,
    giveFocus(rows) {
      if (toFocus.current === undefined) return false;
      const line = rows.querySelector<HTMLElement>(`[data-key="${CSS.escape(toFocus.current)}"] > article`);
      if (!line) return false;
      toFocus.current = undefined;
      line.focus({ preventScroll: true });
      return true;
    },
  };
}
