import { nameKey } from '@palabre/protocol';

/** Who this member is, as the server has it. */
export interface Self {
  /** As it is shown. */
  name: string;
  /** The keys of the names it had before, and when it gave each up, in ms by the server's clock. */
  readonly formerly: Map<string, number>;
  /** What shows the server who comes back (3.7); absent in the plain form. */
  token: string | undefined;
  /** The rooms it is in, as whoever made them typed their names. */
  readonly rooms: Set<string>;
}

/** Whether this name is ours: names compare by their keys (2.2). */
export function isSelf(self: Self, name: string): boolean {
  return nameKey(name) === nameKey(self.name);
}

/** Whether what was said by this name, then, was said by us: names change, and somebody else may have taken up an old one of ours. */
export function wasSelf(self: Self, name: string, at = Number.POSITIVE_INFINITY): boolean {
  return isSelf(self, name) || at <= (self.formerly.get(nameKey(name)) ?? 0);
}

/** We bear another name from `at` on. */
export function rename(self: Self, name: string, at = 0): void {
  if (!isSelf(self, name)) self.formerly.set(nameKey(self.name), at);
  self.name = name;
}
