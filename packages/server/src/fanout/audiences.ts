import type { RoomKey } from '../chat/commands.ts';
import { Audience, type Form } from './audience.ts';
import type { Framing } from './framing.ts';
import { Hearers } from './hearers.ts';

/** The audiences that there are, found by what they hear and by room. One that nobody is in is gone. */
export class Audiences {
  readonly #byHearing = new Map<string, Audience>();
  readonly #byRoom = new Map<RoomKey, Hearers>();

  /** The audience of those who read this form, in this framing, and are in these rooms. */
  of(form: Form, framing: Framing | undefined, rooms: readonly RoomKey[]): Audience {
    const sorted = rooms.toSorted();
    const key = hearing(form, framing, sorted);
    let audience = this.#byHearing.get(key);
    if (!audience) {
      const hearers = sorted.map((room) => this.#hearersOf(room));
      audience = new Audience(form, framing, sorted, hearers);
      this.#byHearing.set(key, audience);
      for (const { audiences } of hearers) audiences.add(audience);
    }
    return audience;
  }

  /** Those who are in a room. */
  in(room: RoomKey): Iterable<Audience> {
    return this.#byRoom.get(room)?.audiences ?? [];
  }

  /** Forgets the audience if nobody is in it and nothing is left to give. */
  sweep(audience: Audience): void {
    if (audience.outlets.length > 0 || audience.batch.length > 0) return;
    this.#byHearing.delete(hearing(audience.form, audience.framing, audience.rooms));
    for (const room of audience.rooms) {
      const audiences = this.#byRoom.get(room)?.audiences;
      audiences?.delete(audience);
      if (audiences?.size === 0) this.#byRoom.delete(room);
    }
  }

  #hearersOf(room: RoomKey): Hearers {
    const hearers = this.#byRoom.get(room) ?? new Hearers();
    this.#byRoom.set(room, hearers);
    return hearers;
  }
}

// Framed or not is enough to tell: there is one framing.
function hearing(form: Form, framing: Framing | undefined, rooms: readonly RoomKey[]): string {
  return `${form}${framing ? ' framed' : ''}\n${rooms.join('\n')}`;
}
