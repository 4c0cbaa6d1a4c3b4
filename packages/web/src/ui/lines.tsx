/** The list that scrolls. What stays where while it does is the reel's affair; this gives it its elements and passes on what the reader does. */
import { type Signal, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { Conversation } from '../model/app.ts';
import { now } from './frame.ts';
import { firstFresh } from './fresh.ts';
import { Reel } from './reel.ts';
import { Row } from './row.tsx';
import { useShown } from './shown.ts';
import { titleOf } from './title.ts';
import { useView } from './view.ts';
import { lineBeside } from './walk.ts';

/** With fewer items than that before those in sight, or after, more are asked for. */
const FETCH_AHEAD = 60;

/** What the bars around the list need to know of it. */
export interface Sight {
  /** The newest line is in sight, and stays. */
  readonly atEnd: Signal<boolean>;
  /** The first line that is new since one looked is above what is in sight. */
  readonly freshAbove: Signal<boolean>;
}

export interface LinesProps extends Sight {
  readonly conversation: Conversation;
}

export function Lines({ conversation, atEnd, freshAbove }: LinesProps): JSX.Element {
  const { app, focus, jumps, words } = useView();
  const t = words.value.timeline;
  const { timeline, key } = conversation;
  const items = timeline.items.value;
  const hasOlder = timeline.hasOlder.value;
  const hasNewer = timeline.hasNewer.value;
  // Until the history has come, nobody knows where the talk begins.
  const known = items.length > 0 || timeline.loading.value === undefined;

  const [, renderAgain] = useReducer((n: number) => n + 1, 0);
  const [reel] = useState(() => new Reel(jumps.places.get(key) ?? 'end', () => renderAgain(0)));
  const slice = reel.take(items, !hasNewer);
  const fresh = firstFresh(items, conversation.mark.value, !hasOlder);

  const scroller = useRef<HTMLDivElement>(null);
  const above = useRef<HTMLDivElement>(null);
  const below = useRef<HTMLDivElement>(null);
  const lines = useRef<HTMLDivElement>(null);
  const pointed = useSignal<string | undefined>(undefined);
  const focused = useSignal<string | undefined>(undefined);
  const shown = useShown(key, reel);

  const look = (): void => {
    jumps.places.set(key, reel.place);
    atEnd.value = reel.place === 'end' && !hasNewer;
    const { first, last } = reel.inSight;
    freshAbove.value = fresh.above || (fresh.index !== undefined && fresh.index < first);
    if (hasOlder && first < FETCH_AHEAD) void timeline.older();
    if (hasNewer && items.length - last < FETCH_AHEAD) void timeline.newer();
  };

  useLayoutEffect(() => {
    if (!scroller.current || !above.current || !below.current || !lines.current) return;
    return reel.attach({
      scroller: scroller.current,
      above: above.current,
      below: below.current,
      lines: lines.current,
    });
  }, [reel]);

  useLayoutEffect(() => {
    reel.settle();
    if (lines.current && shown.giveFocus(lines.current)) return;
    // The line that had the focus is no longer in the document.
    const lost = focused.peek() !== undefined && document.activeElement === document.body;
    if (lost) scroller.current?.focus({ preventScroll: true });
  });

  // What one says oneself is seen, wherever one was reading.
  const last = items.at(-1);
  const newest = useRef(last?.key);
  useEffect(() => {
    if (last?.key === newest.current) return;
    newest.current = last?.key;
    if (last?.type === 'message' && last.state === 'waiting') void jumps.toEnd();
  }, [last]);

  useEffect(look, [items, slice, hasOlder, hasNewer, fresh.index, app.line.value.state]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'Escape') {
      focus.value = 'box';
    } else if (scroller.current && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const next = lineBeside(event.target, event.key === 'ArrowUp' ? -1 : 1, scroller.current);
      if (!next) return;
      event.preventDefault();
      next.focus();
      // So that Tab finds its buttons.
      now();
    } else if (event.key === 'Home' || event.key === 'End') {
      // The browser would scroll there little by little, while lines are fetched and made on the way.
      event.preventDefault();
      if (event.key === 'End') void jumps.toEnd();
      else reel.goToFirst();
    }
  };

  const active = (one: string): boolean => one === pointed.value || one === focused.value;

  return (
    // The lines are said by the announcer: here the reader's own scrolling adds and removes them too.
    <div
      class="scroller"
      role="log"
      aria-live="off"
      aria-label={t.label(titleOf(conversation, words.value))}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard (WCAG 2.1.1).
      tabIndex={0}
      ref={scroller}
      onScroll={() => {
        reel.scrolled();
        look();
      }}
      onKeyDown={onKeyDown}
      onPointerOver={(event) => {
        pointed.value = keyOf(event.target);
      }}
      onPointerLeave={() => {
        pointed.value = undefined;
      }}
      onFocusIn={(event) => {
        focused.value = keyOf(event.target);
      }}
      onFocusOut={() => {
        focused.value = undefined;
      }}
    >
      {!hasOlder && known && <Beginning conversation={conversation} />}
      <div ref={above} />
      <div ref={lines}>
        {items.slice(slice.first, slice.last).map((item, index) => (
          <Row
            key={item.key}
            item={item}
            fresh={slice.first + index === fresh.index}
            shown={item.key === shown.key.value}
            active={active(item.key)}
          />
        ))}
      </div>
      <div ref={below} />
    </div>
  );
}

function Beginning({ conversation }: { readonly conversation: Conversation }): JSX.Element {
  const { timeline: t } = useView().words.value;
  const title = conversation.title.value;
  return (
    <p class="beginning">
      {conversation.kind === 'private' ? t.beginningPrivate(title) : t.beginning}
      {conversation.timeline.items.value.length === 0 && ` ${t.empty}`}
    </p>
  );
}

/** The key of the row that an event is in. */
function keyOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-key]')?.dataset.key : undefined;
}
