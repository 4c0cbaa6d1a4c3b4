import { nameKey } from '@palabre/protocol';
import { refuse } from './refusals.ts';
import type { Reply, Speaker } from './speaker.ts';

// 1.8, 1.9  PRV name text
export function prv(speaker: Speaker, rest: string): Reply {
  const [, to, text] = /^ *([^ ]+) (.+)$/s.exec(rest) ?? []; // 2.1
  if (!speaker.identified || !to || !text) return refuse(speaker, 'empty'); // 2.4
  return { type: 'whisper', connection: speaker.connection, to: nameKey(to), text };
}
