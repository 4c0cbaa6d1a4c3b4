import { nameKey } from '@palabre/protocol';
import type { BanSubject, Identity } from '../chat/commands.ts';
import type { JournalRecord } from '../chat/records.ts';

type Lasting = Exclude<JournalRecord, { type: 'message' }>;

/** What could not be kept and is to be, once that is possible: of each member, ban and invitation the newest record, however often it has changed. */
export class Overdue {
  readonly #records = new Map<string, Lasting>();

  /** In the order in which they came about. */
  all(): Iterable<Lasting> {
    return this.#records.values();
  }

  /**
   * Takes them up. Of a message, which is unsaid, its place is kept alone, and of a member who has come and gone that of its identity: nothing else is
   * to have them, and there is something to try with.
   */
  add(records: readonly JournalRecord[]): void {
    for (const record of records) {
      if (record.type === 'message') this.#putPlace(record.message.id);
      else if (record.type === 'gone' && this.hasEntered(record.identity)) {
        this.#records.delete(keyOf(record));
        this.#putPlace(record.identity);
      } else this.#put(record);
    }
  }

  clear(): void {
    this.#records.clear();
  }

  /** Whether it has entered, and a server that starts again would not know of it. */
  hasEntered(identity: Identity): boolean {
    const record = this.#records.get(memberKey(identity));
    return record?.type === 'member' && record.entered === true;
  }

  #putPlace(id: number): void {
    const before = this.#records.get('place');
    this.#put({ type: 'place', id: before?.type === 'place' ? Math.max(before.id, id) : id });
  }

  #put(record: Lasting): void {
    const key = keyOf(record);
    const before = this.#records.get(key);
    const entered = before?.type === 'member' && before.entered;
    this.#records.delete(key); // so that it comes last
    this.#records.set(key, record.type === 'member' && entered ? { ...record, entered } : record);
  }
}

function keyOf(record: Lasting): string {
  switch (record.type) {
    case 'place':
      return 'place';
    case 'member':
      return memberKey(record.member.identity);
    case 'gone':
      return memberKey(record.identity);
    case 'ban':
      return banKey(record.ban.subject);
    case 'unban':
      return banKey(record.subject);
    case 'withdrawn':
      return `withdrawn ${record.invitation}`;
    default:
      return record satisfies never;
  }
}

function memberKey(identity: Identity): string {
  return `member ${identity}`;
}

function banKey(subject: BanSubject): string {
  return `ban of ${subject.type} ${subject.type === 'name' ? nameKey(subject.name) : subject.network}`;
}
