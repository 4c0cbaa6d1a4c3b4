import { type Name, parseName, REF, type Tags } from '@palabre/protocol';
import type { Refusal } from '../chat/commands.ts';
import type { Asked } from './speaker.ts';
import type { Tokens } from './tokens.ts';

const NOTHING: Asked = {};

// 3.1  What the tags ask for, or why they can't be read; unknown keys are ignored
export function readAsked(tags: Tags | undefined, tokens: Tokens): Asked | Refusal {
  if (tags === undefined) return NOTHING;
  const ref = tags.get('ref');
  if (ref !== undefined && !REF.test(ref)) return 'tags'; // 3.6
  const roomTag = tags.get('room');
  let room: Name | undefined;
  if (roomTag !== undefined) {
    room = parseName(roomTag);
    if (room === undefined) return 'room'; // 3.8
  }
  const numbers = { re: 0, after: 0, before: 0, limit: 0 };
  const read: Record<string, number | undefined> = {};
  for (const key of Object.keys(numbers)) {
    const value = tags.get(key);
    if (value === undefined) continue;
    if (!/^\d{1,15}$/.test(value)) return 'tags';
    read[key] = Number(value);
  }
  const token = tags.get('token');
  return {
    ref,
    room,
    ...read,
    key: tags.get('key'),
    cont: tags.has('cont') || undefined,
    identity: token === undefined ? undefined : tokens.verify(token),
    with: tags.get('with'),
    from: tags.get('from'),
    find: tags.get('find'),
  };
}
