import { refuse } from './refusals.ts';
import { trimSpaces } from './spaces.ts';
import type { Asked, Reply, Speaker } from './speaker.ts';

// 3.2, 3.10  EXT, at any time
export function ext(speaker: Speaker, rest: string, line: Asked): Reply {
  if (trimSpaces(rest) !== '') return refuse(speaker, line, 'word');
  return { type: 'extend', connection: speaker.connection, ref: line.ref };
}
