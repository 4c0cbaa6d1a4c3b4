/** From a quote, a search result or a mention to the line itself, and back to where one was. */
import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { App, Conversation, ConversationKey, Timeline } from '../model/app.ts';
import type { Place } from './slice.ts';

/** Where the timeline of a conversation is to go. `shown`: the line that was looked for, to be pointed out. */
export interface Target {
  readonly conversation: ConversationKey;
  readonly place: Place;
  readonly shown?: string | undefined;
}

export interface Jumps {
  /** Taken (set to `undefined`) by the timeline that has gone there. */
  readonly target: Signal<Target | undefined>;
  /** Whether there is somewhere to go back to. */
  readonly canGoBack: ReadonlySignal<boolean>;
  /** Where each conversation was left: by the timelines, for when they come back. */
  readonly places: Map<ConversationKey, Place>;
  /** Opens the conversation at the line with that id. `false`: it is not to be had. */
  toMessage(conversation: ConversationKey, id: number): Promise<boolean>;
  toUnread(): Promise<void>;
  /** To the newest line of the conversation that is open, for good: there is no going back from there. */
  toEnd(): Promise<void>;
  back(): Promise<void>;
}

/** A place that is found again even if the timeline has let go of the lines around it. */
interface Stop {
  readonly conversation: ConversationKey;
  readonly place: Place;
  readonly id: number | undefined;
}

/** Below the upper edge, in px: a line that was looked for is read with those before it. */
const SHOWN_TOP = 120;
const MOST_STOPS = 20;

export function createJumps(app: App): Jumps {
  const target = signal<Target | undefined>(undefined);
  const stops = signal<readonly Stop[]>([]);
  const places = new Map<ConversationKey, Place>();

  const here = (): Stop => {
    const { key: conversation, timeline } = app.current.value;
    const place = places.get(conversation) ?? 'end';
    return { conversation, place, id: idAt(timeline, place) };
  };

  const openAt = (conversation: Conversation, key: string, top = SHOWN_TOP, shown = true): void => {
    const place = { key, top };
    places.set(conversation.key, place);
    target.value = { conversation: conversation.key, place, shown: shown ? key : undefined };
  };

  const openAtEnd = async (conversation: Conversation): Promise<void> => {
    await conversation.timeline.toEnd();
    target.value = { conversation: conversation.key, place: 'end' };
  };

  return {
    target,
    canGoBack: computed(() => stops.value.length > 0),
    places,

    async toMessage(conversation, id) {
      const from = here();
      app.open(conversation);
      const { value: opened } = app.current;
      const key = await opened.toMessage(id);
      if (key === undefined) {
        if (from.conversation !== conversation) app.open(from.conversation);
        return false;
      }
      batch(() => {
        stops.value = [...stops.value, from].slice(-MOST_STOPS);
        openAt(opened, key);
      });
      return true;
    },

    async toUnread() {
      const { value: current } = app.current;
      const key = await current.toUnread();
      if (key !== undefined) openAt(current, key, SHOWN_TOP, false);
    },

    async toEnd() {
      stops.value = [];
      await openAtEnd(app.current.value);
    },

    async back() {
      const stop = stops.value.at(-1);
      if (!stop) return;
      stops.value = stops.value.slice(0, -1);
      app.open(stop.conversation);
      const { value: opened } = app.current;
      const key = stop.id === undefined ? undefined : await opened.toMessage(stop.id);
      if (key !== undefined && stop.place !== 'end') openAt(opened, key, stop.place.top, false);
      else await openAtEnd(opened);
    },
  };
}

/** The id of the message at a place, or of the next one that has an id. */
function idAt(timeline: Timeline, place: Place): number | undefined {
  if (place === 'end') return undefined;
  const { value: items } = timeline.items;
  const at = items.findIndex((item) => item.key === place.key);
  for (const item of items.slice(Math.max(0, at))) {
    if (item.type === 'message' && item.id !== undefined) return item.id;
  }
  return undefined;
}
