/**
 * What a member does whom the server no longer knows (3.7): enters its rooms again, and looks into the history for what it missed. The
 * lobby's history is open to all, a room's to those in it (3.9); the private lines of the one it was are out of reach.
 */
import { Closed } from '../errors.ts';
import type { Message } from '../events.ts';
import type { Ask } from './asks.ts';
import { askHistory, enterRoom } from './questions.ts';
import type { Self } from './self.ts';

const PAGE = 500;
/** Above all ids: they have at most 15 digits. */
export const END = 999_999_999_999_999;

export type Asker = <T>(ask: Ask<T>) => Promise<T>;

/**
 * Enters the rooms again, and fetches everything after `after` that can be had of the lobby and of them, in the order of the ids: of each as much as a
 * resume brings (3.7), the newest 1,000. Rooms that can't be entered are struck off. Where the line is lost, it is for the next one to try.
 */
export async function fetchMissed(self: Self, ask: Asker, after: number): Promise<Message[]> {
  const fetch = async (room?: string): Promise<readonly Message[]> => {
    const page = (before?: number) => ask(askHistory(self, { room, after, before, limit: PAGE }));
    try {
      if (room !== undefined) await ask(enterRoom(self, room));
      const newest = await page(END);
      if (!newest.more) return newest.messages;
      const older = await page(newest.messages[0]?.id);
      return [...older.messages, ...newest.messages];
    } catch (error) {
      if (room !== undefined && !(error instanceof Closed)) self.rooms.delete(room);
      return [];
    }
  };
  const found = await Promise.all([undefined, ...self.rooms].map(fetch));
  return found.flat().sort((a, b) => (a.id ?? 0) - (b.id ?? 0));
}
