import { nameKey } from '@palabre/protocol';
import { refuse } from './refusals.ts';
import { trimSpaces } from './spaces.ts';
import type { Asked, Reply, Speaker } from './speaker.ts';

// 1.10, 2.5  BYE; with a room 3.8
export function bye(speaker: Speaker, rest: string, line: Asked): Reply {
  if (trimSpaces(rest) !== '') return refuse(speaker, line, 'word'); // 2.1
  const { connection, identified } = speaker;
  const { ref, room } = line;
  if (!identified) return { type: 'invite', connection, ref, close: room === undefined };
  return room === undefined
    ? { type: 'leave', connection, ref }
    : { type: 'quit', connection, ref, room: nameKey(room) };
}
