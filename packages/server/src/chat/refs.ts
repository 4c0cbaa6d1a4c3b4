import { REFS_REMEMBERED } from '@palabre/protocol';

/** What has been said under a `ref`. */
export interface Said {
  readonly id: number;
  readonly at: number;
}

/** A member's last 256 marks, so that what it says again is not said twice (3.6). Nothing is allocated until there is one. */
export class Refs {
  #said: Map<string, Said> | undefined;

  said(ref: string | undefined): Said | undefined {
    return ref === undefined ? undefined : this.#said?.get(ref);
  }

  remember(ref: string | undefined, said: Said): void {
    if (ref === undefined) return;
    this.#said ??= new Map();
    this.#said.set(ref, said);
    if (this.#said.size <= REFS_REMEMBERED) return;
    for (const oldest of this.#said.keys()) {
      this.#said.delete(oldest);
      break;
    }
  }

  forget(ref: string | undefined): void {
    if (ref !== undefined) this.#said?.delete(ref);
  }
}
