import { parseName } from '@palabre/protocol';
import { refuse } from './refusals.ts';
import { trimSpaces } from './spaces.ts';
import type { Asked, Reply, Speaker } from './speaker.ts';

const AT_SIGN = 0x40;
const SPACE = 0x20;

// 1.3, 1.4, 1.5, 2.3  IAM name; with a token 3.7, with a room 3.8
export function iam(speaker: Speaker, rest: string, line: Asked): Reply {
  const { connection, identified, extended, address, door } = speaker;
  const { ref, room, identity, after, key } = line;
  const asked = trimSpaces(rest); // 2.1
  const name = parseName(asked);
  if (room !== undefined) {
    if (!identified || name === undefined) return refuse(speaker, line, 'name');
    return { type: 'visit', connection, ref, room, name }; // 3.8
  }
  if (name === undefined) return { type: 'reject', connection, ref, asked, why: 'name' }; // 1.3
  const why = door.refuses({ address, name, key, known: identified || identity !== undefined });
  if (why !== undefined)
    return { type: 'reject', connection, ref, asked, why, close: why === 'banned' && !identified }; // 4.7
  if (identified) return { type: 'rename', connection, ref, name };
  if (identity !== undefined) {
    // A good token of a member who is no more lets nobody in: whoever enters anew shows what newcomers show (3.13).
    const barred = door.refuses({ address, name, key, known: false });
    return { type: 'resume', connection, ref, name, identity, after, extended, barred }; // 3.7
  }
  return { type: 'enter', connection, ref, name, extended };
}

/** Whether bytes that are not text (2.7) begin as `IAM` does, after tags if need be: what was asked is then no name (1.3), and is not repeated. */
export function beginsAsIam(line: Uint8Array): boolean {
  const start = line[0] === AT_SIGN ? line.indexOf(SPACE) + 1 : 0;
  return /^iam(?: |$)/i.test(String.fromCharCode(...line.subarray(start, start + 4)));
}
