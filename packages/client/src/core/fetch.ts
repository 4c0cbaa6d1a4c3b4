/**
 * What a member does whom the server no longer knows (3.7): enters its rooms again, and looks into the history for what it missed. The
 * lobby's history is open to all, a room's to those in it (3.9); the private lines of the one it was are out of reach.
 */
import { Closed } from '../errors.ts';
import type { Message } from '../events.ts';
import type { Asked } from './asks.ts';
import { askHistory, enterRoom } from './questions.ts';
import type { Self } from './self.ts';

const PAGE = 500;
/** With two pages as much as a resume brings (3.7). */
const PAGES = 2;

export interface Asking {
  readonly self: Self;
  readonly ref: () => string;
  readonly ask: <T>(asked: Asked<T>) => Promise<T>;
}

/** Enters the rooms again; those that can't be are struck off. */
export async function reenter({ self, ref, ask }: Asking): Promise<void> {
  const enter = async (room: string): Promise<void> => {
    try {
      await ask(enterRoom(ref(), self, room));
    } catch (error) {
      // Where the line was lost, it is for the next one to try.
      if (!(error instanceof Closed)) self.rooms.delete(room);
    }
  };
  await Promise.all([...self.rooms].map(enter));
}

/** Everything after `after` that can be had of the lobby and the rooms, the newest 1,000 of each, in the order of the ids. */
export async function fetchMissed(asking: Asking, after: number): Promise<Message[]> {
  const places = [{}, ...[...asking.self.rooms].map((room) => ({ room }))];
  const found = await Promise.all(places.map((place) => pages(asking, place, after)));
  return found.flat().sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
}

/** The newest id in the lobby; 0 where nothing has been said yet. */
export async function newestId({ self, ref, ask }: Asking): Promise<number> {
  const { messages } = await ask(askHistory(ref(), self, { limit: 1 }));
  return messages.at(-1)?.id ?? 0;
}

async function pages(
  { self, ref, ask }: Asking,
  place: { readonly room?: string },
  after: number,
): Promise<Message[]> {
  let found: Message[] = [];
  for (let page = 0; page < PAGES; page++) {
    const before = found[0]?.id;
    const options = { ...place, limit: PAGE, before };
    const { messages, more } = await ask(askHistory(ref(), self, options));
    const missed = messages.filter(({ id }) => id !== undefined && id > after);
    found = [...missed, ...found];
    if (!more || missed.length < messages.length) break;
  }
  return found;
}
