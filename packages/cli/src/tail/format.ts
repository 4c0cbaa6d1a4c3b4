import type { Message } from '@palabre/client';
import { jsonLine, printable } from '../terminal/printable.ts';

/** How a message is printed, without the line's end. */
export type Format = (message: Message) => string;

/** One object, always with the same keys in the same order. */
export function asJson(message: Message): string {
  return jsonLine(jsonOf(message));
}

export function jsonOf({ id, at, room, from, to, text, private: alone }: Message): object {
  const kind = alone ? 'private' : 'message';
  return {
    ...{ id: id ?? null, at: at ?? null, room: room ?? null },
    ...{ from, to: to ?? null, text, kind },
  };
}

/** For people: the local time, who, what. */
export function asText(message: Message): string {
  const { at, from, to, text } = message;
  const time = localTime(new Date(at ?? Date.now()));
  return printable(`${time} ${to === undefined ? from : `${from} → ${to}`}: ${text}`);
}

function localTime(date: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}
