import type { HistoryPage, HistoryQuery } from './kept.ts';

interface Question {
  readonly query: HistoryQuery;
  readonly isWanted: () => boolean;
  readonly resolve: (page: HistoryPage) => void;
  readonly reject: (error: unknown) => void;
}

/** What one whose answer nobody waits for comes to. */
const NOTHING: HistoryPage = { messages: [], more: true };

/**
 * Questions to the thread that reads, which takes one at a time. Those of members who come back are asked first: everything else that is for them waits
 * behind the answer, while a search keeps nobody waiting but its asker.
 */
export class Questions {
  readonly #read: (query: HistoryQuery) => Promise<HistoryPage>;
  readonly #replays: Question[] = [];
  readonly #others: Question[] = [];
  #answering: Promise<void> | undefined;

  constructor(read: (query: HistoryQuery) => Promise<HistoryPage>) {
    this.#read = read;
  }

  /** Settles as `read` does. One that is not wanted any more when its turn comes is not asked. */
  ask(query: HistoryQuery, isWanted: () => boolean): Promise<HistoryPage> {
    return new Promise((resolve, reject) => {
      const queue = query.scope.type === 'missed' ? this.#replays : this.#others;
      queue.push({ query, isWanted, resolve, reject });
      this.#answering ??= this.#answer();
    });
  }

  /** Resolves when all have been answered. */
  async answered(): Promise<void> {
    await this.#answering;
  }

  async #answer(): Promise<void> {
    await undefined; // It is known to be under way before it can have ended.
    for (let next = this.#next(); next; next = this.#next()) {
      const { query, isWanted, resolve, reject } = next;
      if (isWanted()) await this.#read(query).then(resolve, reject);
      else resolve(NOTHING);
    }
    this.#answering = undefined;
  }

  #next(): Question | undefined {
    return this.#replays.shift() ?? this.#others.shift();
  }
}
