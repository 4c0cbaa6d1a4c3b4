import type { RoomKey } from '../chat/commands.ts';
import { Batch } from './batch.ts';
import { BATCH_FULL_BYTES } from './bounds.ts';
import type { Framing } from './framing.ts';
import type { Hearers } from './hearers.ts';
import type { Outlet } from './outlet.ts';

/** The form in which a connection reads lines. */
export type Form = 'plain' | 'extended';

/**
 * All connections that get the same: those of one form and framing that are in the same rooms. They share a batch, in which what is said in any
 * of these rooms stands in the one order.
 */
export class Audience {
  readonly form: Form;
  readonly framing: Framing | undefined;
  readonly rooms: readonly RoomKey[];
  /** Of each of these rooms. */
  readonly hearers: readonly Hearers[];
  readonly batch: Batch;
  readonly outlets: Outlet[] = [];
  /** Those of them that have pieces of their own in this batch. */
  touched: Outlet[] = [];

  constructor(
    form: Form,
    framing: Framing | undefined,
    rooms: readonly RoomKey[],
    hearers: readonly Hearers[],
  ) {
    this.form = form;
    this.framing = framing;
    this.batch = new Batch(() => this.outlets.length, framing);
    this.rooms = rooms;
    this.hearers = hearers;
  }

  /** Whether speakers should wait for a flush: the batch is large. */
  get full(): boolean {
    return this.batch.length >= BATCH_FULL_BYTES;
  }

  join(outlet: Outlet): void {
    for (const hearers of this.hearers) hearers.connections++;
    this.touch(outlet);
    outlet.audience = this;
    outlet.cursor = this.batch.length;
    outlet.place = this.outlets.length;
    this.outlets.push(outlet);
  }

  /** The outlet keeps what it is owed of the batch so far, as pieces. */
  part(outlet: Outlet): void {
    this.touch(outlet);
    outlet.addPiece(this.batch.slice(outlet.cursor));
    const last = this.outlets.pop();
    if (last && last !== outlet) {
      this.outlets[outlet.place] = last;
      last.place = outlet.place;
    }
    this.lag(outlet, false);
    for (const hearers of this.hearers) hearers.connections--;
    outlet.audience = undefined;
  }

  /** Whether the outlet counts among those that are behind. */
  lag(outlet: Outlet, lagging: boolean): void {
    if (lagging === outlet.lagging) return;
    outlet.lagging = lagging;
    for (const hearers of this.hearers) hearers.lagging += lagging ? 1 : -1;
  }

  /** From now on the outlet's part of this batch is its own. */
  touch(outlet: Outlet): void {
    if (outlet.audience === this && outlet.pieces) return;
    if (outlet.audience === this) outlet.cursor = 0;
    outlet.pieces ??= [];
    this.touched.push(outlet);
  }
}
