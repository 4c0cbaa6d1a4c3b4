import type { Socket } from 'node:net';
import type { Place } from '../verify/room-order.ts';
import type { FrameReader } from '../websocket/frame-reader.ts';

/** One client of the room. */
export interface Member extends Place {
  readonly index: number;
  readonly name: string;
  readonly socket: Socket;
  /** Takes what comes apart into lines, if it comes over a WebSocket. */
  readonly frames: FrameReader | null;
  /** The beginning of a line of which the rest must still come; null if there is none. */
  rest: Buffer | null;
  /** Is its attempt to enter over? */
  entered: boolean;
}

/** `m00017` */
export function nameOf(index: number): string {
  return `m${String(index).padStart(5, '0')}`;
}

/** Of `m00017` 17. */
export function numberIn(name: string): number {
  return Number(name.slice(1));
}

/** What takes the bytes that members receive, in one phase of a scenario. */
export interface Reader {
  /** As RoomOrder.take: returns where it stopped. */
  take(member: Member, bytes: Buffer, at: number, end: number): number;
}
