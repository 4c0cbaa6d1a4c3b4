import type { Audience } from './audience.ts';

/** All who hear one room, in whichever form and whatever else they hear. */
export class Hearers {
  readonly audiences = new Set<Audience>();
  /** How many connections there are in them, and how many of these are lagging. */
  connections = 0;
  lagging = 0;

  /**
   * A quarter of them: one slow reader among many makes nobody wait. A quarter rather than half, since readers that all share
   * one busy machine are served in turn: by the time half of them are behind, the last have reached the bound.
   */
  get behind(): boolean {
    return this.lagging > 0 && 4 * this.lagging >= this.connections;
  }
}
