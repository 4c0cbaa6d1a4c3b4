/**
 * From effects to bytes: gathers what is said in a batch for each room, and gives it to every connection at the next flush.
 *
 * One broadcast to a thousand people is a thousand writes, and the system call is nearly all of its cost. So a room's lines are
 * encoded once, and at a flush all get the same buffer in one write each. A connection whose part differs has pieces of its own
 * (outlet.ts): nobody else pays for it. A connection in no room (a stranger) waits for no room's flush.
 */
import { performance } from 'node:perf_hooks';
import { formatExtended, formatPlain, type ServerLine } from '@palabre/protocol';
import { type ConnectionId, LOBBY, type RoomKey } from '../chat/commands.ts';
import { Counters } from '../metrics/counters.ts';
import type { Audience, Form } from './audience.ts';
import { Audiences } from './audiences.ts';
import { OWED_BYTES, PATIENCE_MS } from './bounds.ts';
import { FlushClock } from './clock.ts';
import { ReadGate, type Waiting } from './gate.ts';
import type { Hearers } from './hearers.ts';
import type { Outlet } from './outlet.ts';

/** How long, in ms, a connection that is being closed has for reading what it is owed. */
const LAST_WORDS_MS = 5000;

const FORMATS = { plain: formatPlain, extended: formatExtended };

export class Fanout {
  readonly #audiences = new Audiences();
  readonly #gate = new ReadGate(() => this.#waive());
  readonly #clock: FlushClock;
  readonly #onSlow: (connection: ConnectionId) => void;
  readonly #counters: Counters;
  /** Outlets in no room that have something coming. */
  #loose = new Set<Outlet>();
  #looseRequested = false;
  /** Rooms with something to flush. */
  #dirty = new Set<Audience>();
  /** For what speakers wait: while there is any of it the gate is closed. Batches that are full, for which all do; … */
  readonly #full = new Set<Audience>();
  /** … rooms of which a quarter is behind, for which those do that are in them; … */
  readonly #behind = new Set<Hearers>();
  /** … and whatever else is behind. */
  #held = false;
  /** Readers that wait until their own connection has been given what it is owed. */
  readonly #owing = new Map<Outlet, Waiting>();

  /** `onSlow` is told of a connection that has over 8 MiB unread (4.3); it is to be lost. */
  constructor(
    onSlow: (connection: ConnectionId) => void,
    counters = new Counters(),
    beforeFlush: () => void = () => {},
  ) {
    this.#onSlow = onSlow;
    this.#counters = counters;
    this.#clock = new FlushClock(() => this.#flushRooms(), counters.measures.flushSeconds, beforeFlush);
  }

  /** Whether nothing is read from some of those who speak, since those who listen are behind, or the journal. */
  get speakersWait(): boolean {
    return this.#gate.closed;
  }

  join(outlet: Outlet, room: RoomKey): void {
    if (!outlet.rooms.includes(room)) this.#move(outlet, outlet.form, [...outlet.rooms, room]);
  }

  part(outlet: Outlet, room: RoomKey): void {
    if (outlet.rooms.includes(room))
      this.#move(
        outlet,
        outlet.form,
        outlet.rooms.filter((one) => one !== room),
      );
  }

  /** From here on the connection reads this form. */
  read(outlet: Outlet, form: Form): void {
    if (outlet.form !== form) this.#move(outlet, form, outlet.rooms);
  }

  /** A line for everybody in the room but `except`; encoded once for each form. */
  broadcast(room: RoomKey, line: ServerLine, except: Outlet | undefined): void {
    const encoded: { [form in Form]: string | undefined } = { plain: undefined, extended: undefined };
    let deliveries = 0;
    for (const audience of this.#audiences.in(room)) {
      const { batch, form } = audience;
      const at = batch.length;
      const text = encoded[form] ?? FORMATS[form](line);
      encoded[form] = text;
      batch.append(text);
      deliveries += audience.outlets.length;
      if (except?.audience === audience) {
        deliveries--;
        audience.touch(except);
        except.addPiece(batch.slice(except.cursor, at));
        except.cursor = batch.length;
      }
      this.#soil(audience);
      if (audience.full) {
        this.#full.add(audience);
        this.#congest();
      }
    }
    this.#counters.broadcasts++;
    this.#counters.deliveries += deliveries;
  }

  /** A line for one connection, after what was broadcast to it before. */
  send(outlet: Outlet, line: ServerLine): void {
    this.#counters.deliveries++;
    this.#give(outlet, Buffer.from(encoded(line, outlet.form)));
  }

  /** The same with many lines. */
  sendAll(outlet: Outlet, lines: readonly ServerLine[]): void {
    this.#counters.deliveries += lines.length;
    this.#give(outlet, allEncoded(lines, outlet.form));
  }

  /** What is sent to the connection from now on comes after a replay that is yet to come (3.7). It is in no room yet. */
  awaitReplay(outlet: Outlet): void {
    outlet.writePieces();
    outlet.awaitReplay();
  }

  /** The replay that the connection awaits. */
  replay(outlet: Outlet, lines: readonly ServerLine[]): void {
    this.#counters.deliveries += lines.length;
    outlet.replay(allEncoded(lines, 'extended'));
    this.#weigh(outlet);
    outlet.endIfDue();
    this.#goOn();
  }

  /** Ends the connection once it has been given what it is owed, or after 5 s if it does not read that. */
  close(outlet: Outlet): void {
    outlet.end(LAST_WORDS_MS);
    if (outlet.audience) this.#move(outlet, outlet.form, []);
    else this.#loosen(outlet);
  }

  /** The connection is gone: nothing is owed to it any more. */
  drop(outlet: Outlet): void {
    if (outlet.audience) this.#move(outlet, outlet.form, []);
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
    if (this.#gate.closed && this.#mustWait(outlet)) {
      this.#gate.wait(waiting);
      return false;
    }
    if (outlet.owed > OWED_BYTES) {
      this.#owing.set(outlet, waiting);
      return false;
    }
    return true;
  }

  /** Until it is told otherwise nothing is to be read, from anybody: what was read before has not been dealt with. */
  hold(on: boolean): void {
    this.#held = on;
    if (on) this.#congest();
    else this.#relax(true);
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

  #give(outlet: Outlet, bytes: Buffer): void {
    const { audience } = outlet;
    if (audience) {
      audience.touch(outlet);
      outlet.addPiece(audience.batch.slice(outlet.cursor));
      outlet.cursor = audience.batch.length;
      outlet.addPiece(bytes);
      this.#soil(audience);
    } else {
      outlet.addPiece(bytes);
      this.#loosen(outlet);
    }
  }

  // What it was owed in its former audience goes with it.
  #move(outlet: Outlet, form: Form, rooms: readonly RoomKey[]): void {
    const { audience } = outlet;
    if (audience) {
      audience.part(outlet);
      this.#soil(audience);
    }
    outlet.form = form;
    outlet.rooms = rooms;
    if (rooms.length === 0) {
      this.#loosen(outlet);
      return;
    }
    // 3.8  a plain connection hears the lobby alone
    const heard = form === 'plain' ? rooms.filter((room) => room === LOBBY) : rooms;
    const next = this.#audiences.of(form, outlet.wire.framing, heard);
    next.join(outlet);
    this.#soil(next);
  }

  #soil(audience: Audience): void {
    this.#dirty.add(audience);
    this.#clock.request();
  }

  #congest(): void {
    if (!this.#gate.closed) this.#counters.pauses++;
    this.#gate.close();
  }

  #mustWait({ audience }: Outlet): boolean {
    if (this.#held || this.#full.size > 0) return true;
    return audience?.hearers.some((hearers) => this.#behind.has(hearers)) ?? false;
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
      if (outlet.audience) continue; // It has entered a room since: its pieces go out with the room's.
      outlet.writePieces();
      outlet.endIfDue();
    }
    this.#goOn();
  };

  #flushRooms(): void {
    const dirty = this.#dirty;
    this.#dirty = new Set();
    const slow: Outlet[] = [];
    let bytes = 0;
    for (const audience of dirty) {
      bytes += audience.batch.length;
      this.#flushRoom(audience, slow);
      this.#audiences.sweep(audience);
    }
    this.#counters.measures.flushBytes.observe(bytes);
    for (const outlet of slow) this.#onSlow(outlet.connection);
    this.#goOn();
  }

  // The hot path: a write for each connection, and nothing else that grows with their number.
  #flushRoom(audience: Audience, slow: Outlet[]): void {
    const { batch, outlets, touched } = audience;
    audience.touched = [];
    for (const outlet of touched) {
      if (outlet.audience !== audience) continue; // It has left since: what it is owed is among the loose.
      outlet.addPiece(batch.slice(outlet.cursor));
      outlet.cursor = batch.length;
    }
    const { length } = batch;
    if (length > 0) {
      const whole: [Buffer] = [batch.take()];
      for (const outlet of outlets) {
        if (outlet.pieces) continue;
        outlet.writeWhole(whole);
        if (outlet.stalled) this.#missed(outlet, length, slow);
      }
    }
    for (const outlet of touched) {
      if (outlet.audience !== audience) continue;
      outlet.writePieces();
      outlet.endIfDue();
      if (outlet.stalled) this.#missed(outlet, length, slow);
    }
  }

  #missed(outlet: Outlet, bytes: number, slow: Outlet[]): void {
    outlet.missed += bytes;
    this.#weigh(outlet, slow);
  }

  // Keeps count of who lags, and finds those that are too slow to be waited for.
  #weigh(outlet: Outlet, slow?: Outlet[]): void {
    if (outlet.tooSlow) slow?.push(outlet);
    const { audience } = outlet;
    // Whoever has stood still for long need not be waited for when at last it has missed enough.
    if (outlet.behind && !outlet.lagging && standsStill(outlet)) outlet.waived = true;
    const { behind } = outlet;
    if (behind === outlet.lagging || !audience) return;
    audience.lag(outlet, behind);
    if (!behind) return;
    for (const hearers of audience.hearers) {
      if (!hearers.behind) continue;
      this.#behind.add(hearers);
      this.#congest();
    }
  }

  // While speakers wait: those readers that take nothing are not waited for any longer.
  #waive(): void {
    for (const { audiences } of this.#behind)
      for (const { outlets } of audiences)
        for (const outlet of outlets) {
          if (!outlet.lagging || !standsStill(outlet)) continue;
          outlet.waived = true;
          this.#weigh(outlet);
        }
    this.#goOn();
  }

  /** `fewer`: there is one reason less for which speakers wait. */
  #relax(fewer = false): void {
    const reasons = this.#full.size + this.#behind.size;
    for (const audience of this.#full) if (!audience.full) this.#full.delete(audience);
    for (const hearers of this.#behind) if (!hearers.behind) this.#behind.delete(hearers);
    const left = this.#full.size + this.#behind.size;
    if (left === 0 && !this.#held) this.#gate.open();
    else if (fewer || left < reasons) this.#gate.retry();
  }

  // Lets those be heard again who need not wait any more. Comes last, since what they say changes everything here.
  #goOn(): void {
    if (this.#gate.closed) this.#relax();
    for (const [outlet, waiting] of this.#owing) {
      if (outlet.owed > OWED_BYTES) continue;
      this.#owing.delete(outlet);
      waiting.goOn();
    }
  }
}

function encoded(line: ServerLine, form: Form): string {
  return `${FORMATS[form](line)}\n`;
}

function allEncoded(lines: readonly ServerLine[], form: Form): Buffer {
  return Buffer.from(lines.map((line) => encoded(line, form)).join(''));
}

function standsStill({ tookAt }: Outlet): boolean {
  return performance.now() - tookAt >= PATIENCE_MS;
}
