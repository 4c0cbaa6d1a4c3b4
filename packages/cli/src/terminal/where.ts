/** Which server is meant, and as whom: what the flags say, else what is remembered, else what is likely. */
import { userInfo } from 'node:os';
import type { Session } from '@palabre/client';
import { parseName } from '@palabre/protocol';
import type { Memory } from './memory.ts';

const DEFAULT_SERVER = 'tcp://localhost:7070';

export interface Where {
  /** As `toAddressText` writes it. */
  readonly address: string;
  readonly name: string;
  /** The room that was looked at last time, if it is the same server and name. */
  readonly room: string | undefined;
  /** What it takes to come back as that name. */
  readonly session: Session | undefined;
  /** What the server may ask for. It is not remembered. */
  readonly key: string | undefined;
}

export interface Said {
  readonly server?: string | undefined;
  readonly as?: string | undefined;
  readonly key?: string | undefined;
}

export function whereAndWho({ server, as, key }: Said, memory: Memory): Where {
  const address = server ?? memory.visits[0]?.address ?? DEFAULT_SERVER;
  const visit = memory.find(address, as);
  const name = as ?? visit?.name ?? userName();
  return { address, name, room: visit?.room, session: visit?.session, key };
}

/** The same as one more device of that member: it gets nothing of what was missed, and enters none of its rooms. */
export function asDevice(where: Where): Where {
  const { session } = where;
  return { ...where, session: session && { name: session.name, token: session.token } };
}

/** The name by which the system knows who runs this, if it can be a name here. */
function userName(): string {
  return parseName(systemName()) ?? 'guest';
}

function systemName(): string {
  try {
    return userInfo().username;
  } catch {
    return ''; // A user without an entry in the system's list, as in some containers.
  }
}
