import { type NameKey, nameKey } from '@palabre/protocol';
import { computed, type ReadonlySignal, signal } from '@preact/signals';

/**
 * Who is in a room, in order of arrival: a list that was asked for, and the comings and goings since. A list may be known here later than what happened
 * after it; so what happened since asking is done over again on it.
 */
export class Members {
  readonly names: ReadonlySignal<readonly string[]>;
  readonly #version = signal(0);
  #members = new Map<NameKey, string>();
  #since: ((members: Map<NameKey, string>) => void)[] | undefined;
  #asking = 0;
  #known = false;

  constructor() {
    this.names = computed(() => {
      this.#version.value;
      return [...this.#members.values()];
    });
  }

  /** Whether a list was ever had. */
  get known(): boolean {
    return this.#known;
  }

  has(name: string): boolean {
    return this.#members.has(nameKey(name));
  }

  came(name: string): void {
    this.#change((members) => members.set(nameKey(name), name));
  }

  left(name: string): void {
    this.#change((members) => members.delete(nameKey(name)));
  }

  renamed(was: string, name: string): void {
    this.#change((members) => {
      if (!members.delete(nameKey(was))) return;
      members.set(nameKey(name), name);
    });
  }

  /** Asks for the list; rejects as `who` does. */
  async ask(who: () => Promise<readonly string[]>): Promise<void> {
    const asking = ++this.#asking;
    this.#since = [];
    const names = await who();
    if (asking !== this.#asking) return;
    const members = new Map(names.map((name) => [nameKey(name), name]));
    for (const change of this.#since) change(members);
    this.#since = undefined;
    this.#members = members;
    this.#known = true;
    this.#version.value++;
  }

  #change(change: (members: Map<NameKey, string>) => void): void {
    this.#since?.push(change);
    change(this.#members);
    this.#version.value++;
  }
}
