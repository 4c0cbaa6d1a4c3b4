import { HISTORY_LINES, HISTORY_LINES_DEFAULT, nameKey } from '@palabre/protocol';
import { type HistoryAsked, LOBBY } from '../chat/commands.ts';
import { refuse } from './refusals.ts';
import { trimSpaces } from './spaces.ts';
import type { Asked, Reply, Speaker } from './speaker.ts';

// 3.9  HST
export function hst(speaker: Speaker, rest: string, line: Asked): Reply {
  const { connection, identified, extended } = speaker;
  if (!identified || !extended || trimSpaces(rest) !== '') return refuse(speaker, line, 'word');
  const { ref, room, before, after, find } = line;
  const query: HistoryAsked = {
    room: room === undefined ? LOBBY : nameKey(room),
    with: line.with === undefined ? undefined : nameKey(line.with),
    from: line.from === undefined ? undefined : nameKey(line.from),
    limit: Math.min(line.limit ?? HISTORY_LINES_DEFAULT, HISTORY_LINES),
    before,
    after,
    find,
  };
  return { type: 'history', connection, ref, query };
}
