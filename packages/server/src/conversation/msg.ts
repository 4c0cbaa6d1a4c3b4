import { nameKey } from '@palabre/protocol';
import { LOBBY } from '../chat/commands.ts';
import { refuse } from './refusals.ts';
import type { Asked, Reply, Speaker } from './speaker.ts';

// 1.7  MSG text; with a room 3.8
export function msg(speaker: Speaker, text: string, line: Asked): Reply {
  if (!speaker.identified || text === '') return refuse(speaker, line, 'empty'); // 2.4
  const { ref, re, cont } = line;
  const room = line.room === undefined ? LOBBY : nameKey(line.room);
  return { type: 'say', connection: speaker.connection, ref, room, text, re, cont }; // 3.11
}
