import { refuse } from './refusals.ts';
import { trimSpaces } from './spaces.ts';
import type { Asked, Reply, Speaker } from './speaker.ts';

// 3.8  LST
export function lst(speaker: Speaker, rest: string, line: Asked): Reply {
  const { connection, identified, extended } = speaker;
  if (!identified || !extended || trimSpaces(rest) !== '') return refuse(speaker, line, 'word');
  return { type: 'rooms', connection, ref: line.ref };
}
