/** What is exported of what was said: which of it, in what form. */

import type { Message } from '@palabre/client';
import { type Name, type NameKey, nameKey } from '@palabre/protocol';
import type { KeptMessage } from '@palabre/server';
import { asText, jsonOf } from '../tail/format.ts';
import { jsonLine } from '../terminal/printable.ts';

/** `room` and `all` do not come together; without either it is the lobby. */
export interface Wanted {
  readonly room?: Name | undefined;
  readonly all: boolean;
  readonly private: boolean;
}

/** Whether a message is among those that are wanted. */
export function selection({ room, all, private: alone }: Wanted): (message: KeptMessage) => boolean {
  const key: NameKey | '' = room === undefined ? '' : nameKey(room);
  return (message) => (isPrivate(message) ? alone : all || message.room === key);
}

/** As the client library gives it. */
export function asMessage(message: KeptMessage): Message {
  const { id, at, roomName, from, to, text, re, cont = false } = message;
  return {
    ...{ type: 'message', id, at, room: roomName, from, to, text, re, cont },
    ...{ private: isPrivate(message), own: false, old: true },
  };
}

function isPrivate({ recipient }: KeptMessage): boolean {
  return recipient !== undefined;
}

/** A line of an export, without its end: the object of `palabre tail --json` with two keys more, or what `palabre tail` prints. */
export function lineOf(message: KeptMessage, json: boolean): string {
  const whole = asMessage(message);
  return json ? jsonLine({ ...jsonOf(whole), re: whole.re ?? null, cont: whole.cont }) : asText(whole);
}
