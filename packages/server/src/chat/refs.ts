import { REFS_REMEMBERED } from '@palabre/protocol';
import type { MessageId } from './commands.ts';

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

  /** The message of this id was not said after all. */
  forget(ref: string | undefined, id: MessageId): void {
    if (ref !== undefined && this.said(ref)?.id === id) this.#said?.delete(ref);
  }
}
