import { nameKey } from '@palabre/protocol';
import { LOBBY } from '../chat/commands.ts';
import { refuse } from './refusals.ts';
import { trimSpaces } from './spaces.ts';
import type { Asked, Reply, Speaker } from './speaker.ts';

// 1.2, 1.6  WHO; with a room 3.8
export function who(speaker: Speaker, rest: string, line: Asked): Reply {
  if (!speaker.identified || trimSpaces(rest) !== '') return refuse(speaker, line, 'word'); // 2.1
  const room = line.room === undefined ? LOBBY : nameKey(line.room);
  return { type: 'list', connection: speaker.connection, ref: line.ref, room };
}
