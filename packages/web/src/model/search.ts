import { batch, signal } from '@preact/signals';
import type { Found, Search as Shown } from './app.ts';
import type { Conversations } from './conversations.ts';
import type { Finder } from './finder.ts';

/** Finds that are added at once. */
const PAGE = 10;

/** Search, in all conversations of the page. */
export class Search implements Shown {
  readonly query = signal('');
  readonly state = signal<'idle' | 'searching' | 'done' | 'failed'>('idle');
  readonly results = signal<readonly Found[]>([]);
  readonly more = signal(false);
  readonly #conversations: Conversations;
  readonly #online: () => boolean;
  #parts: typeof import('./finder.ts') | undefined;
  #finder: Finder | undefined;
  /** Counts what was asked for: what is found for an earlier search is not shown. */
  #run = 0;

  /** `online`: whether the line holds. */
  constructor(conversations: Conversations, online: () => boolean) {
    this.#conversations = conversations;
    this.#online = online;
  }

  run = async (): Promise<void> => {
    this.clear();
    await this.runMore();
  };

  runMore = async (): Promise<void> => {
    if (this.state.peek() === 'searching') return;
    const run = ++this.#run;
    this.state.value = 'searching';
    try {
      // Only while the line holds: a browser may remember for the life of the page that a module could not be fetched.
      if (!this.#parts && !this.#online()) throw new Error('not to be had now');
      this.#parts ??= await import('./finder.ts');
      const { Finder, withLinesAround } = this.#parts;
      this.#finder ??= new Finder(this.query.peek(), this.#conversations.list.peek());
      const finder = this.#finder;
      const found = await finder.next(PAGE);
      if (run !== this.#run) return;
      const before = this.results.peek();
      const results: Found[] = found.map(({ line, conversation }) => ({
        ...{ message: conversation.alone(line), before: [], after: [] },
      }));
      batch(() => {
        this.state.value = 'done';
        this.more.value = finder.more;
        this.results.value = [...before, ...results];
      });
      // What is around them may come later: it is not what was searched for.
      for (const [i, find] of found.entries()) {
        results[i] = await withLinesAround(find);
        if (run !== this.#run) return;
        this.results.value = [...before, ...results];
      }
    } catch {
      if (run === this.#run && this.state.peek() === 'searching') this.state.value = 'failed';
    }
  };

  clear = (): void => {
    this.#run++;
    this.#finder = undefined;
    batch(() => {
      this.state.value = 'idle';
      this.results.value = [];
      this.more.value = false;
    });
  };
}
