import { LOBBY } from '../chat/commands.ts';
import { refuse } from './refusals.ts';
import type { Reply, Speaker } from './speaker.ts';

// 1.7  MSG text
export function msg(speaker: Speaker, text: string): Reply {
  if (!speaker.identified || text === '') return refuse(speaker, 'empty'); // 2.4
  return { type: 'say', connection: speaker.connection, room: LOBBY, text };
}
