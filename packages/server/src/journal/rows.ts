/**
 * Messages and members as rows: the form in which they go from thread to thread and into the tables.
 *
 * Tuples and not objects, since the structured clone of an object writes the name of every property: a tuple costs the chat's
 * thread 0.3 µs to send, the object 0.7 µs, and the same message as JSON 0.7 µs.
 */
import type { Name, NameKey } from '@palabre/protocol';
import type { JournalRecord, KeptMember, KeptMessage } from './kept.ts';
import { type OrderRow, orderRow } from './orders.ts';

export type MessageRow = [
  id: number,
  at: number,
  author: number,
  from: string,
  room: string,
  roomName: string | null,
  to: string | null,
  recipient: number | null,
  text: string,
  ref: string | null,
  re: number | null,
  cont: 1 | null,
];

/** The columns of `messages`, in the order of a `MessageRow`. */
export const MESSAGE_COLUMNS =
  'id, at, author, "from", room, room_name, "to", recipient, text, ref, re, cont';

/** The rooms are JSON. `place` is the highest place in the order that it speaks of, its identity included: none of these may be used again. */
export type MemberRow = [identity: number, name: string, rooms: string, place: number] | [gone: number];

/** What one `keep()` asks of the writer. */
export interface Batch {
  /** It is not to be kept if the batch before it was not; absent: that is of no matter. */
  readonly follows?: boolean;
  readonly messages: readonly MessageRow[];
  /** In the order in which they came about. */
  readonly members: readonly MemberRow[];
  /** What an operator has ordered, in that order too; absent where there is nothing of it: nearly always. */
  readonly orders?: readonly OrderRow[];
  /** No id up to this may be used again; absent: the ids of the rest say so. */
  readonly place?: number;
}

export function batchOf(records: readonly JournalRecord[], follows?: boolean): Batch {
  const messages: MessageRow[] = [];
  const members: MemberRow[] = [];
  let orders: OrderRow[] | undefined;
  let place: number | undefined;
  for (const record of records) {
    switch (record.type) {
      case 'message':
        messages.push(messageRow(record.message));
        break;
      case 'member':
        members.push(memberRow(record.member));
        break;
      case 'gone':
        members.push([record.identity]);
        break;
      case 'place':
        place = record.id;
        break;
      default:
        orders ??= [];
        orders.push(orderRow(record));
    }
  }
  return {
    messages,
    members,
    ...(orders && { orders }),
    ...(place !== undefined && { place }),
    ...(follows && { follows }),
  };
}

function messageRow(message: KeptMessage): MessageRow {
  return [
    message.id,
    message.at,
    message.author,
    message.from,
    message.room,
    message.roomName ?? null,
    message.to ?? null,
    message.recipient ?? null,
    message.text,
    message.ref ?? null,
    message.re ?? null,
    message.cont ? 1 : null,
  ];
}

/** The message of a row that `messageRow` made; what it did not have, it does not have again. */
export function messageOf(row: MessageRow): KeptMessage {
  const [id, at, author, from, room, roomName, to, recipient, text, ref, re, cont] = row;
  return {
    id,
    at,
    from: from as Name,
    author,
    room: room as NameKey | '',
    ...(roomName !== null && { roomName: roomName as Name }),
    ...(to !== null && { to: to as Name }),
    ...(recipient !== null && { recipient }),
    text,
    ...(ref !== null && { ref }),
    ...(re !== null && { re }),
    ...(cont !== null && { cont: true }),
  };
}

function memberRow({ identity, name, rooms }: KeptMember): MemberRow {
  const place = Math.max(identity, ...rooms.map(({ created, since }) => Math.max(created, since)));
  const kept = rooms.map(({ key, name, created, since }) => ({ key, name, created, since }));
  return [identity, name, JSON.stringify(kept), place];
}

/** The member of a row that `memberRow` made. */
export function memberOf(identity: number, name: string, rooms: string): KeptMember {
  return { identity, name: name as Name, rooms: JSON.parse(rooms) as KeptMember['rooms'] };
}
