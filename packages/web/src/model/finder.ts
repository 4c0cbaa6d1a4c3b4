/**
 * Finds lines in several conversations at once: each is asked for its newest, and they are merged by their ids, newest first. No find is given while a
 * conversation might still have a newer one. Loaded with the first search.
 */
import type { Found } from './app.ts';
import type { Conversation } from './conversation.ts';
import type { LineEntry } from './entries.ts';
import { sameName } from './names.ts';
import { type Query, readQuery } from './search-query.ts';

/** Lines asked for at once. */
const PAGE = 10;
/** Lines shown on each side of a find. */
const AROUND = 2;

export interface Find {
  readonly line: LineEntry;
  readonly conversation: Conversation;
}

/** What has been found in one conversation and has not been given yet, newest last. */
interface Finds {
  readonly conversation: Conversation;
  lines: LineEntry[];
  more: boolean;
  /** Only older ones than this are still to be asked for. */
  before: number | undefined;
}

export class Finder {
  readonly #query: Query;
  readonly #finds: readonly Finds[];

  /** `typed`: as `readQuery` reads it. */
  constructor(typed: string, conversations: readonly Conversation[]) {
    this.#query = readQuery(typed);
    const { words, from } = this.#query;
    const where = words === '' && from === undefined ? [] : searched(this.#query, conversations);
    this.#finds = where.map((conversation) => ({
      ...{ conversation, lines: [], more: true, before: undefined },
    }));
  }

  /** Whether there may be further ones. */
  get more(): boolean {
    return this.#finds.some(({ more, lines }) => more || lines.length > 0);
  }

  /** The next ones, at most `count`. Rejects where none can be had now. */
  async next(count: number): Promise<Find[]> {
    const found: Find[] = [];
    while (found.length < count) {
      try {
        await Promise.all(this.#finds.map((finds) => this.#fill(finds)));
      } catch (error) {
        // What has been found is given; what can't be asked for now is asked for with the next ones.
        if (found.length > 0) break;
        throw error;
      }
      const [newest] = this.#finds.toSorted((a, b) => newestId(b) - newestId(a));
      const line = newest?.lines.pop();
      if (!newest || !line) break;
      found.push({ line, conversation: newest.conversation });
    }
    return found;
  }

  async #fill(finds: Finds): Promise<void> {
    if (finds.lines.length > 0 || !finds.more) return;
    const { words, from } = this.#query;
    const { before, conversation } = finds;
    const lines = await conversation.find({ find: words || undefined, from, before, limit: PAGE });
    finds.lines = [...lines];
    finds.before = lines[0]?.id;
    finds.more = lines.length === PAGE;
  }
}

/** A find with the lines around it. */
export async function withLinesAround({ line, conversation }: Find): Promise<Found> {
  const { id } = line;
  const [before, after] = await Promise.all([
    conversation.find({ before: id, limit: AROUND }),
    conversation.find({ after: id, limit: AROUND }),
  ]);
  const alone = (one: LineEntry) => conversation.alone(one);
  return { message: alone(line), before: before.map(alone), after: after.map(alone) };
}

function searched({ in: place }: Query, all: readonly Conversation[]): readonly Conversation[] {
  if (place === undefined) return all;
  const [kind, name] = place.startsWith('@')
    ? ['private', place.slice(1)]
    : ['room', place.replace(/^#/, '')];
  const named = all.filter((one) => one.kind === kind && sameName(one.title.peek(), name));
  return named.length > 0 || place !== 'lobby' ? named : all.filter((one) => one.kind === 'lobby');
}

function newestId({ lines }: Finds): number {
  return lines.at(-1)?.id ?? -1;
}
