import type { Store } from '../device.ts';

/** A device: its tabs share the store, and hear of what the others change. */
export class TestDevice {
  readonly kept = new Map<string, string>();
  readonly #tabs: ((key: string | null) => void)[] = [];

  /** What one tab is given. */
  tab(): { store: Store; watch: (listener: (key: string | null) => void) => void } {
    let own: ((key: string | null) => void) | undefined;
    const tell = (key: string): void => {
      for (const tab of this.#tabs) if (tab !== own) queueMicrotask(() => tab(key));
    };
    return {
      store: {
        getItem: (key) => this.kept.get(key) ?? null,
        setItem: (key, value) => {
          const changed = this.kept.get(key) !== value;
          this.kept.set(key, value);
          if (changed) tell(key);
        },
        removeItem: (key) => {
          if (this.kept.delete(key)) tell(key);
        },
      },
      watch: (listener) => {
        own = listener;
        this.#tabs.push(listener);
      },
    };
  }
}
