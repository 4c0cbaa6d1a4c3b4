import { nameKey } from '@palabre/protocol';

/** Who this member is, as the server has it. */
export interface Self {
  /** As it is shown. */
  name: string;
  /** What shows the server who comes back (3.7); absent in the plain form. */
  token: string | undefined;
  /** The rooms it is in. */
  readonly rooms: Set<string>;
}

/** Whether this name is ours: names compare by their keys (2.2). */
export function isSelf(self: Self, name: string): boolean {
  return nameKey(name) === nameKey(self.name);
}
