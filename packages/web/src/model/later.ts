/**
 * A module that is fetched when it is first wanted, and only while the line holds: a browser may remember for the life of the page that a module could
 * not be fetched.
 */
export class Later<Module> {
  readonly #load: () => Promise<Module>;
  readonly #online: () => boolean;
  #module: Promise<Module | undefined> | undefined;

  constructor(load: () => Promise<Module>, online: () => boolean) {
    this.#load = load;
    this.#online = online;
  }

  /** Resolves to `undefined` where it can't be had now. */
  get(): Promise<Module | undefined> {
    if (!this.#module && this.#online()) {
      this.#module = this.#load().catch(() => {
        this.#module = undefined;
        return undefined;
      });
    }
    return this.#module ?? Promise.resolve(undefined);
  }
}
