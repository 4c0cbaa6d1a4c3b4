/** Who one is, as it is kept on the device. */
import type { Session } from '@palabre/client';
import { isRecord, textsIn } from './device.ts';

/** Who one is, and what one came in with, for when the server does not know one any more. */
export interface KeptSession extends Session {
  readonly key?: string | undefined;
}

/** Anybody may have written what is there: `undefined` where it is no session. */
export function readSession(value: unknown): KeptSession | undefined {
  if (!isRecord(value)) return undefined;
  const { name, token, after, rooms, formerly, key } = value;
  if (typeof name !== 'string' || typeof token !== 'string') return undefined;
  return {
    name,
    token,
    key: typeof key === 'string' ? key : undefined,
    after: typeof after === 'number' ? after : undefined,
    rooms: textsIn(rooms),
    formerly: Array.isArray(formerly) ? formerly.filter(isFormerName) : undefined,
  };
}

function isFormerName(value: unknown): value is readonly [string, number] {
  return Array.isArray(value) && typeof value[0] === 'string' && typeof value[1] === 'number';
}
