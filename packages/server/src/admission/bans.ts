import { type NameKey, nameKey } from '@palabre/protocol';
import type { BanSubject } from '../chat/commands.ts';
import type { Ban } from '../chat/records.ts';
import type { Door, Visitor } from '../conversation/door.ts';
import { isIn, NetworkMap, parseNetwork } from './networks.ts';

/** Who is kept out (4.7): by name or by address. A ban whose time is over is none. */
export class Bans implements Door {
  readonly #byName = new Map<NameKey, Ban>();
  readonly #byNetwork = new NetworkMap<Ban>();
  /** All of them, by subject. */
  readonly #all = new Map<string, Ban>();
  readonly #now: () => number;
  /** When the first of them ends, in ms since 1970, or did. */
  #firstEnd = Number.POSITIVE_INFINITY;

  /** `now`: ms since 1970. */
  constructor(kept: readonly Ban[], now: () => number = Date.now) {
    this.#now = now;
    for (const ban of kept) this.#put(ban);
  }

  // 4.7  ERR, why=banned
  refuses({ name, address }: Pick<Visitor, 'name' | 'address'>): 'banned' | undefined {
    if (this.#all.size === 0) return undefined;
    const now = this.#now();
    const byName = this.#byName.get(nameKey(name));
    if (byName && isOn(byName, now)) return 'banned';
    for (const ban of this.#byNetwork.around(address)) if (isOn(ban, now)) return 'banned';
    return undefined;
  }

  /** In place of one of the same subject; those that are over are forgotten. */
  add(ban: Ban): void {
    if (this.#firstEnd <= this.#now()) this.#sweep();
    this.#put(ban);
  }

  /** Whether there was one. */
  remove(subject: BanSubject): boolean {
    const ban = this.#all.get(keyOf(subject));
    if (!ban) return false;
    this.#all.delete(keyOf(subject));
    if (subject.type === 'name') this.#byName.delete(nameKey(subject.name));
    else {
      const network = parseNetwork(subject.network);
      if (network) this.#byNetwork.delete(network);
    }
    return isOn(ban, this.#now());
  }

  /** That of this subject, over or not. */
  get(subject: BanSubject): Ban | undefined {
    return this.#all.get(keyOf(subject));
  }

  /** Those that are not over, oldest first. */
  list(): readonly Ban[] {
    return [...this.#all.values()].filter((ban) => isOn(ban, this.#now()));
  }

  #sweep(): void {
    this.#firstEnd = Number.POSITIVE_INFINITY;
    for (const ban of [...this.#all.values()]) {
      if (isOn(ban, this.#now())) this.#firstEnd = Math.min(this.#firstEnd, ban.until ?? this.#firstEnd);
      else this.remove(ban.subject);
    }
  }

  #put(ban: Ban): void {
    const { subject, until } = ban;
    if (until !== undefined) this.#firstEnd = Math.min(this.#firstEnd, until);
    this.#all.delete(keyOf(subject));
    this.#all.set(keyOf(subject), ban);
    if (subject.type === 'name') {
      this.#byName.set(nameKey(subject.name), ban);
      return;
    }
    const network = parseNetwork(subject.network);
    if (network) this.#byNetwork.set(network, ban);
  }
}

/** Of these addresses, those that are in the network. */
export function addressesIn(network: string, addresses: Iterable<string>): ReadonlySet<string> {
  const within = parseNetwork(network);
  const found = new Set<string>();
  if (within) for (const address of addresses) if (isIn(address, within)) found.add(address);
  return found;
}

function isOn({ until }: Ban, now: number): boolean {
  return until === undefined || until > now;
}

function keyOf(subject: BanSubject): string {
  return subject.type === 'name' ? `name ${nameKey(subject.name)}` : `network ${subject.network}`;
}
