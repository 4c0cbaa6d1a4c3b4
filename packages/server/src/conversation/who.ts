import { LOBBY } from '../chat/commands.ts';
import { refuse } from './refusals.ts';
import { trimSpaces } from './spaces.ts';
import type { Reply, Speaker } from './speaker.ts';

// 1.2, 1.6  WHO
export function who(speaker: Speaker, rest: string): Reply {
  if (!speaker.identified || trimSpaces(rest) !== '') return refuse(speaker, 'word'); // 2.1
  return { type: 'list', connection: speaker.connection, room: LOBBY };
}
