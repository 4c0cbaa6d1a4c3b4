/** Walks through what was said, forwards, page by page. */
import type { HistoryOptions, Message } from '@palabre/client';
import type { Since } from './since.ts';

const PAGE = 500;
/** How long to wait, in ms, before what could not be read is asked for again: what comes of a busy disk is over by then, what does not is for the operator. */
const PAUSES_MS = [250, 500, 1000, 2000];

/** The history of one place: the lobby's, or a room's. */
export type Ask = (options: Pick<HistoryOptions, 'after' | 'limit'>) => Promise<{
  readonly messages: readonly Message[];
  readonly more: boolean;
}>;

/**
 * Asks again, after a `pause`, where the server could not read what it keeps: then it finds nothing, and says that there is more. Throws when it can't be
 * read for long: to go on would leave a gap.
 */
export function persistent(ask: Ask, pause: (ms: number) => Promise<void>): Ask {
  return async (range) => {
    for (let tries = 0; ; tries++) {
      const answer = await ask(range);
      if (answer.messages.length > 0 || !answer.more) return answer;
      const ms = PAUSES_MS[tries];
      if (ms === undefined)
        throw new Error("the server can't read what was said before: try again later, or ask its operator");
      await pause(ms);
    }
  };
}

/** Everything after `after` and before `before` (ids, both exclusive), oldest first, a page at a time. */
export async function* pages(
  ask: Ask,
  after: number,
  before: number = Number.POSITIVE_INFINITY,
): AsyncGenerator<readonly Message[]> {
  for (let from = after, more = true; more; ) {
    // 3.9  With `before` in the question the newest would come first.
    const { messages, more: further } = await ask({ after: from, limit: PAGE });
    const last = messages.at(-1)?.id ?? before;
    yield messages.filter(({ id = 0 }) => id < before);
    more = further && last < before;
    from = last;
  }
}

/** The id after which to begin. Ids grow with time, so that a date is found by halving: as many questions as the newest id has bits. */
export async function beginning(ask: Ask, since: Since): Promise<number> {
  if ('after' in since) return since.after;
  const { messages } = await ask({ limit: 1 });
  // Everything up to `low` was said before that time, everything after `high` was not.
  let low = 0;
  let high = messages.at(-1)?.id ?? 0;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const [next] = (await ask({ after: middle, limit: 1 })).messages;
    if (next?.id !== undefined && next.id <= high && (next.at ?? 0) < since.at) low = next.id;
    else high = middle;
  }
  return low;
}
