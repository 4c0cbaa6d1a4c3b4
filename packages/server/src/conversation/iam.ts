import { parseName } from '@palabre/protocol';
import { trimSpaces } from './spaces.ts';
import type { Reply, Speaker } from './speaker.ts';

// 1.3, 1.4, 1.5, 2.3  IAM name
export function iam({ connection, identified }: Speaker, rest: string): Reply {
  const asked = trimSpaces(rest); // 2.1
  const name = parseName(asked);
  if (name === undefined) return { type: 'reject', connection, asked }; // 1.3
  return { type: identified ? 'rename' : 'enter', connection, name };
}

/** Whether bytes that are not text (2.7) begin as `IAM` does: what was asked is then no name (1.3), and is not repeated. */
export function beginsAsIam(line: Uint8Array): boolean {
  return /^iam(?: |$)/i.test(String.fromCharCode(...line.subarray(0, 4)));
}
