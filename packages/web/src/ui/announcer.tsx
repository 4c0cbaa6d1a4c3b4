/**
 * What a screen reader is told, politely: where one is, how the line fares, what is said where one is. The list itself says nothing: scrolling adds
 * and removes its lines too, and a hundred a second would drown everything.
 */
import { effect, useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Words } from '../i18n/words.ts';
import type { Announcement, Message } from '../model/app.ts';
import { arrivedAfter } from './arrivals.ts';
import { titleOf } from './title.ts';
import { useView, type View } from './view.ts';

/** What came within that time is said at once, or only counted. */
const GATHER_MS = 1000;
const MOST_SPELT = 3;

export function Announcer(): JSX.Element {
  const { app, spoken, words } = useView();
  const arrivals = useArrivals();
  const state = useComputed(() => {
    const { value: announcement } = app.announced;
    return announcement ? inWords(announcement, words.value) : '';
  });
  return (
    <div class="hidden">
      <p role="status">{state.value}</p>
      <p role="status">{spoken.value}</p>
      <p aria-live="polite">{arrivals.value}</p>
    </div>
  );
}

function inWords(announcement: Announcement, t: Words): string {
  switch (announcement.type) {
    case 'conversation': {
      const { conversation, unread } = announcement;
      return t.announce.conversation(titleOf(conversation, t), unread > 0 ? t.unread(unread) : '');
    }
    case 'line': {
      const { state } = announcement.line;
      if (state === 'connected') return t.line.back;
      if (state === 'offline') return t.line.offlineLong;
      return state === 'reconnecting' ? t.line.reconnectingLong : t.line[state];
    }
    case 'problem':
      return t.problems[announcement.problem.what](announcement.problem.about ?? '');
    default:
      return announcement satisfies never;
  }
}

/** The lines that come in the conversation that is open. */
function useArrivals(): { readonly value: string } {
  const view = useView();
  const said = useSignal('');
  useEffect(() => watchArrivals(view, (text) => (said.value = text)), [view]);
  return said;
}

function watchArrivals({ app, words }: View, say: (text: string) => void): () => void {
  let conversation = '';
  let last: string | undefined;
  let gathered: Message[] = [];
  /** The same words twice must not be the same text: it would not be said again. */
  let odd = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const flush = (): void => {
    timer = undefined;
    const { announce, timeline } = words.peek();
    const text =
      gathered.length > MOST_SPELT
        ? timeline.arrived(gathered.length)
        : gathered.map(({ from, text }) => announce.said(from, text)).join('\n');
    say(odd ? `${text}\u00A0` : text);
    gathered = [];
    odd = !odd;
  };

  const stop = effect(() => {
    const { key, timeline } = app.current.value;
    const { value: items } = timeline.items;
    // Where newer lines are yet to be fetched, those at the end are not new.
    const moved = key !== conversation || timeline.hasNewer.value;
    if (!moved) gathered.push(...arrivedAfter(items, last));
    conversation = key;
    last = items.at(-1)?.key;
    if (gathered.length > 0) timer ??= setTimeout(flush, GATHER_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
