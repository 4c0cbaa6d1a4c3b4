import type { Name } from '@palabre/protocol';

/** Somebody who wants to come in, or to take another name. */
export interface Visitor {
  /** Of the client: what a proxy that is trusted says, else the other side of the socket. */
  readonly address: string;
  /** The name asked for. */
  readonly name: Name;
  /** What it gives as the key; `undefined`: nothing. */
  readonly key: string | undefined;
  /** It is a member already, or has shown a good token (3.7): it has been let in before. */
  readonly known: boolean;
}

/** Says who may come in. */
export interface Door {
  /** Why this one may not; `undefined`: it may. */
  refuses(visitor: Visitor): 'key' | 'banned' | undefined;
}

/** Lets everybody in. */
export const OPEN_DOOR: Door = { refuses: () => undefined };

/** Whoever comes in passes all of these, and is refused by the first that refuses. */
export function inTurn(...doors: readonly Door[]): Door {
  return {
    refuses(visitor) {
      for (const door of doors) {
        const why = door.refuses(visitor);
        if (why !== undefined) return why;
      }
      return undefined;
    },
  };
}
