import type { RoomKey } from '../chat/commands.ts';
import { Batch } from './batch.ts';
import { BATCH_FULL_BYTES } from './bounds.ts';
import type { Framing } from './framing.ts';
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
  readonly batch: Batch;
  readonly outlets: Outlet[] = [];
  /** Those of them that have pieces of their own in this batch. */
  touched: Outlet[] = [];
  /** How many of them are lagging. */
  lagging = 0;

  constructor(form: Form, framing: Framing | undefined, rooms: readonly RoomKey[]) {
    this.form = form;
    this.framing = framing;
    this.batch = new Batch(framing);
    this.rooms = rooms;
  }

  /** Whether speakers should wait: the batch is large, or those who listen are behind. */
  get congested(): boolean {
    return this.full || this.behind;
  }

  get full(): boolean {
    return this.batch.length >= BATCH_FULL_BYTES;
  }

  /**
   * A quarter of those who listen: one slow reader among many makes nobody wait. A quarter rather than half, since readers that all share
   * one busy machine are served in turn: by the time half of them are behind, the last have reached the bound.
   */
  get behind(): boolean {
    return this.lagging > 0 && 4 * this.lagging >= this.outlets.length;
  }

  join(outlet: Outlet): void {
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
    if (outlet.lagging) this.lagging--;
    outlet.lagging = false;
    outlet.audience = undefined;
  }

  /** From now on the outlet's part of this batch is its own. */
  touch(outlet: Outlet): void {
    if (outlet.audience === this && outlet.pieces) return;
    if (outlet.audience === this) outlet.cursor = 0;
    outlet.pieces ??= [];
    this.touched.push(outlet);
  }
}
