/**
 * From effects to bytes: gathers what is said in a batch for each room, and gives it to every connection at the next flush.
 *
 * One broadcast to a thousand people is a thousand writes, and the system call is nearly all of its cost. So a room's lines are
 * encoded once, and at a flush all get the same buffer in one write each. A connection whose part differs has pieces of its own
 * (outlet.ts): nobody else pays for it. A connection in no room (a stranger) waits for no room's flush.
 */
import { formatPlain, type ServerLine } from '@palabre/protocol';
import type { ConnectionId, RoomKey } from '../chat/commands.ts';
import { OWED_BYTES } from './bounds.ts';
import { FlushClock } from './clock.ts';
import { RoomFeed } from './feed.ts';
import { ReadGate, type Waiting } from './gate.ts';
import type { Outlet } from './outlet.ts';

/** How long, in ms, a connection that is being closed has for reading what it is owed. */
const LAST_WORDS_MS = 5000;

export class Fanout {
  readonly #feeds = new Map<RoomKey, RoomFeed>();
  readonly #gate = new ReadGate(() => this.#waive());
  readonly #clock = new FlushClock(() => this.#flushRooms());
  readonly #onSlow: (connection: ConnectionId) => void;
  /** Outlets in no room that have something coming. */
  #loose = new Set<Outlet>();
  #looseRequested = false;
  /** Rooms with something to flush. */
  #dirty = new Set<RoomFeed>();
  /** Rooms whose speakers wait. The gate is closed while there are any. */
  readonly #congested = new Set<RoomFeed>();
  /** Readers that wait until their own connection has been given what it is owed. */
  readonly #owing = new Map<Outlet, Waiting>();

  /** `onSlow` is told of a connection that has over 8 MiB unread (4.3); it is to be lost. */
  constructor(onSlow: (connection: ConnectionId) => void) {
    this.#onSlow = onSlow;
  }

  join(outlet: Outlet, room: RoomKey): void {
    const feed = this.#feed(room);
    feed.join(outlet);
    this.#soil(feed);
  }

  part(outlet: Outlet): void {
    if (!outlet.feed) return;
    outlet.feed.part(outlet);
    this.#loosen(outlet);
  }

  /** A line for everybody in the room but `except`. */
  broadcast(room: RoomKey, line: ServerLine, except: Outlet | undefined): void {
    const feed = this.#feed(room);
    const { batch } = feed;
    const at = batch.length;
    batch.append(formatPlain(line));
    if (except?.feed === feed) {
      feed.touch(except);
      except.addPiece(batch.sliceTo(except.cursor, at));
      except.cursor = batch.length;
    }
    this.#soil(feed);
    if (feed.full) this.#congest(feed);
  }

  /** A line for one connection, after what was broadcast to it before. */
  send(outlet: Outlet, line: ServerLine): void {
    const bytes = Buffer.from(`${formatPlain(line)}\n`);
    const { feed } = outlet;
    if (feed) {
      feed.touch(outlet);
      outlet.addPiece(feed.batch.slice(outlet.cursor));
      outlet.cursor = feed.batch.length;
      outlet.addPiece(bytes);
      this.#soil(feed);
    } else {
      outlet.addPiece(bytes);
      this.#loosen(outlet);
    }
  }

  /** Ends the connection once it has been given what it is owed, or after 5 s if it does not read that. */
  close(outlet: Outlet): void {
    outlet.end(LAST_WORDS_MS);
    if (outlet.feed) this.part(outlet);
    else this.#loosen(outlet);
  }

  /** The connection is gone: nothing is owed to it any more. */
  drop(outlet: Outlet): void {
    outlet.feed?.part(outlet);
    outlet.forget();
    this.#owing.delete(outlet);
    this.#goOn();
  }

  /** The connection's wire takes bytes again. */
  drained(outlet: Outlet): void {
    outlet.drained();
    outlet.endIfDue();
    this.#weigh(outlet);
    this.#goOn();
  }

  /** Whether a line may be read from this connection now; if not, `waiting` is told when to go on. */
  mayRead(outlet: Outlet, waiting: Waiting): boolean {
    if (this.#gate.closed) {
      this.#gate.wait(waiting);
      return false;
    }
    if (outlet.owed > OWED_BYTES) {
      this.#owing.set(outlet, waiting);
      return false;
    }
    return true;
  }

  /** All that one connection had to say has been heard. */
  heard(): void {
    this.#clock.heard();
  }

  /** Gives everybody what they are owed, now. */
  flush(): void {
    this.#flushLoose();
    this.#flushRooms();
  }

  #feed(room: RoomKey): RoomFeed {
    let feed = this.#feeds.get(room);
    if (!feed) {
      feed = new RoomFeed();
      this.#feeds.set(room, feed);
    }
    return feed;
  }

  #soil(feed: RoomFeed): void {
    this.#dirty.add(feed);
    this.#clock.request();
  }

  #congest(feed: RoomFeed): void {
    this.#congested.add(feed);
    this.#gate.close();
  }

  #loosen(outlet: Outlet): void {
    this.#loose.add(outlet);
    if (this.#looseRequested) return;
    this.#looseRequested = true;
    setImmediate(this.#flushLoose);
  }

  readonly #flushLoose = (): void => {
    this.#looseRequested = false;
    const loose = this.#loose;
    this.#loose = new Set();
    for (const outlet of loose) {
      if (outlet.feed) continue; // It has entered a room since: its pieces go out with the room's.
      outlet.writePieces();
      outlet.endIfDue();
    }
    this.#goOn();
  };

  #flushRooms(): void {
    const dirty = this.#dirty;
    this.#dirty = new Set();
    const slow: Outlet[] = [];
    for (const feed of dirty) this.#flushRoom(feed, slow);
    for (const outlet of slow) this.#onSlow(outlet.connection);
    this.#goOn();
  }

  // The hot path: a write for each connection, and nothing else that grows with their number.
  #flushRoom(feed: RoomFeed, slow: Outlet[]): void {
    const { batch, outlets, touched } = feed;
    feed.touched = [];
    for (const outlet of touched) {
      if (outlet.feed !== feed) continue; // It has left since: what it is owed is among the loose.
      outlet.addPiece(batch.slice(outlet.cursor));
      outlet.cursor = batch.length;
    }
    if (batch.length > 0) {
      const whole: [Buffer] = [batch.take()];
      for (const outlet of outlets) {
        if (outlet.pieces) continue;
        outlet.writeWhole(whole);
        if (outlet.stalled) this.#weigh(outlet, slow);
      }
    }
    for (const outlet of touched) {
      if (outlet.feed !== feed) continue;
      outlet.writePieces();
      if (outlet.stalled) this.#weigh(outlet, slow);
    }
  }

  // Keeps count of who lags, and finds those that are too slow to be waited for.
  #weigh(outlet: Outlet, slow?: Outlet[]): void {
    if (outlet.tooSlow) slow?.push(outlet);
    const { behind, feed } = outlet;
    if (behind === outlet.lagging || !feed) return;
    outlet.lagging = behind;
    feed.lagging += behind ? 1 : -1;
    if (behind && feed.behind) this.#congest(feed);
  }

  // While speakers wait: those readers that have taken nothing since the last time are not waited for any longer.
  #waive(): void {
    for (const feed of this.#congested) {
      for (const outlet of feed.outlets) {
        if (!outlet.lagging) continue;
        if (outlet.took) {
          outlet.took = false;
          continue;
        }
        outlet.waived = true;
        this.#weigh(outlet);
      }
    }
    this.#goOn();
  }

  // Lets those be heard again who need not wait any more. Comes last, since what they say changes everything here.
  #goOn(): void {
    for (const feed of this.#congested) if (!feed.congested) this.#congested.delete(feed);
    if (this.#gate.closed && this.#congested.size === 0) this.#gate.open();
    for (const [outlet, waiting] of this.#owing) {
      if (outlet.owed > OWED_BYTES) continue;
      this.#owing.delete(outlet);
      waiting.goOn();
    }
  }
}
