import { nameKey } from '@palabre/protocol';
import { refuse } from './refusals.ts';
import type { Asked, Reply, Speaker } from './speaker.ts';

// 1.8, 1.9  PRV name text
export function prv(speaker: Speaker, rest: string, line: Asked): Reply {
  const [, to, text] = /^ *([^ ]+) (.+)$/s.exec(rest) ?? []; // 2.1
  if (!speaker.identified || !to || !text) return refuse(speaker, line, 'empty'); // 2.4
  const { ref, re, cont } = line;
  return { type: 'whisper', connection: speaker.connection, ref, to: nameKey(to), text, re, cont };
}
