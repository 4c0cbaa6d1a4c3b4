/**
 * What one connection is owed and has not been given. Mostly nothing: a connection that reads is handed the room's batch as it is, and
 * has neither pieces nor backlog.
 *
 * - **pieces**: its own part of the batch being gathered, where it differs from the room's: a line left out (the speaker of rule 1.7), a line of
 *   its own in between, a beginning or an end in the middle. `cursor` is how far into the batch the pieces reach.
 * - **backlog**: what was flushed while its wire was full. By reference: a room's bytes are kept once however many are behind.
 */
import { performance } from 'node:perf_hooks';
import type { ConnectionId, RoomKey } from '../chat/commands.ts';
import type { Audience, Form } from './audience.ts';
import { KEPT_PIECE_BYTES, LAGGING_BYTES, PORTION_BYTES, UNREAD_LIMIT_BYTES } from './bounds.ts';
import { frame } from './framing.ts';
import type { Wire } from './wire.ts';

const NO_ROOMS: readonly RoomKey[] = [];

export class Outlet {
  readonly connection: ConnectionId;
  readonly wire: Wire;
  /** The rooms that it is in; none for a stranger. */
  rooms: readonly RoomKey[] = NO_ROOMS;
  form: Form = 'plain';
  /** With whom it shares its batches; `undefined` for a stranger. */
  audience: Audience | undefined;
  /** Its place among the audience's outlets. */
  place = -1;
  pieces: Buffer[] | undefined;
  cursor = 0;
  /** Whether it counts among those that are behind, for whom speakers may have to wait. */
  lagging = false;
  /** It has taken nothing while speakers waited: they no longer wait for it, until it does. */
  waived = false;
  /** Bytes that its rooms were given since its wire was full: what it has asked for itself makes nobody wait. */
  missed = 0;
  /** When it last took something while it had to be asked to wait, in ms of `performance.now()`. */
  tookAt = 0;
  /** Set once it is to be ended: what ends it if it does not read what it is owed. */
  #ending: NodeJS.Timeout | undefined;
  #backlog: Buffer[] | undefined;
  #backlogBytes = 0;
  /** While a replay is awaited: where in the backlog it belongs. All that follows is held back. */
  #replayAt: number | undefined;
  #pieceBytes = 0;

  constructor(connection: ConnectionId, wire: Wire) {
    this.connection = connection;
    this.wire = wire;
  }

  /** Bytes that it is owed: gathered, held back, or written and not sent. What the kernel has taken does not count. */
  get owed(): number {
    return this.#pieceBytes + this.#backlogBytes + this.wire.unsent;
  }

  /** Whether its wire is full: something is held back, or would be. */
  get stalled(): boolean {
    return this.#backlog !== undefined;
  }

  // 4.3  over 8 MiB unread: it is closed
  get tooSlow(): boolean {
    return this.#backlogBytes + this.wire.unsent > UNREAD_LIMIT_BYTES;
  }

  get behind(): boolean {
    if (this.waived || this.#backlog === undefined) return false;
    return this.missed > LAGGING_BYTES && this.#backlogBytes + this.wire.unsent > LAGGING_BYTES;
  }

  addPiece(piece: Buffer): void {
    if (piece.length === 0) return;
    this.pieces ??= [];
    this.pieces.push(piece);
    this.#pieceBytes += piece.length;
  }

  /** Gives it its own pieces. */
  writePieces(): void {
    const pieces = this.pieces;
    this.pieces = undefined;
    this.#pieceBytes = 0;
    if (pieces === undefined || pieces.length === 0) return;
    const { framing } = this.wire;
    const bytes = framing ? frame(framing, pieces) : pieces;
    if (this.#backlog) for (const piece of bytes) this.#holdBack(piece);
    else this.#write(bytes);
  }

  /** Gives it the room's batch as it is, framed already; `whole` holds that one buffer and is shared. */
  writeWhole(whole: readonly [Buffer]): void {
    const [piece] = whole;
    if (this.#backlog) this.#holdBack(piece);
    else if (piece.length <= PORTION_BYTES) this.#write(whole);
    else {
      this.#backlog = [];
      this.#holdBack(piece);
      this.#pour();
    }
  }

  /** The wire takes bytes again: it is given what was held back. */
  drained(): void {
    this.waived = false;
    this.tookAt = performance.now();
    if (this.#replayAt === undefined) this.#pour();
  }

  // In portions, so that the wire shows whether it takes any.
  #pour(): void {
    const backlog = this.#backlog ?? [];
    this.#backlog = undefined;
    let at = 0;
    for (let piece = backlog[0]; piece !== undefined && this.#backlog === undefined; piece = backlog[at]) {
      const whole = piece.length <= PORTION_BYTES;
      this.#backlogBytes -= whole ? piece.length + KEPT_PIECE_BYTES : PORTION_BYTES;
      if (whole) at++;
      else backlog[at] = piece.subarray(PORTION_BYTES);
      this.#write([piece.subarray(0, PORTION_BYTES)]);
    }
    if (at < backlog.length) this.#backlog = backlog.slice(at);
    else if (this.#backlog === undefined) this.missed = 0;
  }

  /** What was given to it so far is followed by a replay that is yet to come; whatever comes meanwhile is held back (3.7). */
  awaitReplay(): void {
    this.#backlog ??= [];
    this.#replayAt = this.#backlog.length;
  }

  /** The replay that was awaited: whole lines. */
  replay(lines: Buffer): void {
    const at = this.#replayAt;
    if (at === undefined || this.#backlog === undefined) return;
    this.#replayAt = undefined;
    const { framing } = this.wire;
    const whole = lines.length > 0 ? [lines] : [];
    const pieces = framing ? frame(framing, whole) : whole;
    this.#backlog.splice(at, 0, ...pieces);
    for (const { length } of pieces) this.#backlogBytes += length + KEPT_PIECE_BYTES;
    if (this.wire.unsent < PORTION_BYTES) this.drained();
  }

  /** From now on its connection is to end: when it has been given what it is owed, in `ms` at the latest. */
  end(ms: number): void {
    this.#ending ??= setTimeout(() => this.wire.destroy(), ms);
  }

  /** Ends the connection, if that is due and it has been given everything. */
  endIfDue(): void {
    if (this.#ending && this.#backlog === undefined && this.pieces === undefined) this.wire.end();
  }

  /** The connection is gone, and with it what it was owed. */
  forget(): void {
    clearTimeout(this.#ending);
    this.pieces = undefined;
    this.#backlog = undefined;
    this.#backlogBytes = 0;
    this.#pieceBytes = 0;
  }

  #write(pieces: readonly Buffer[]): void {
    if (this.wire.write(pieces)) return;
    this.#backlog = [];
    this.tookAt = performance.now();
  }

  #holdBack(piece: Buffer): void {
    const backlog = this.#backlog;
    if (!backlog) return;
    const last = backlog.length === this.#replayAt ? undefined : backlog.at(-1);
    if (last && last.buffer === piece.buffer && last.byteOffset + last.length === piece.byteOffset) {
      // Batches follow each other in memory: a reader that stands still holds one piece, not one for each line that it missed.
      backlog[backlog.length - 1] = Buffer.from(piece.buffer, last.byteOffset, last.length + piece.length);
      this.#backlogBytes += piece.length;
      return;
    }
    // It grows no more: where it is little of its slab, a copy keeps less.
    if (last && last.length * 16 < last.buffer.byteLength) {
      const copy = Buffer.allocUnsafeSlow(last.length);
      last.copy(copy);
      backlog[backlog.length - 1] = copy;
    }
    backlog.push(piece);
    this.#backlogBytes += piece.length + KEPT_PIECE_BYTES;
  }
}
