import { refuse } from './refusals.ts';
import { trimSpaces } from './spaces.ts';
import type { Reply, Speaker } from './speaker.ts';

// 1.10, 2.5  BYE
export function bye(speaker: Speaker, rest: string): Reply {
  if (trimSpaces(rest) !== '') return refuse(speaker, 'word'); // 2.1
  const { connection, identified } = speaker;
  return identified ? { type: 'leave', connection } : { type: 'invite', connection, close: true };
}
