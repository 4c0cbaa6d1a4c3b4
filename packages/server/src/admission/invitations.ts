import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { type Name, parseName } from '@palabre/protocol';

/** Bytes of the code in an invitation: 128 bits can't be guessed. */
const CODE_BYTES = 16;

/** Bytes of what tells one invitation from all others. */
const ID_BYTES = 8;

/** The longest that an invitation may be good, in ms. */
export const INVITATION_MS = 365 * 86_400_000;

export interface Invitation {
  readonly id: string;
  /** Ms since 1970. */
  readonly until: number;
  /** Where it leads; absent: the lobby. */
  readonly room?: Name;
}

/**
 * Invitations: keys that end by themselves, to be given away in links. One is what it says (its id, its end, perhaps a room) and a code that
 * only this server can make of it (HMAC-SHA-256, RFC 2104, with a key made of the journal's secret); none is stored but those that were
 * withdrawn, until they would have ended anyway.
 */
export class Invitations {
  readonly #key: Uint8Array;
  readonly #withdrawn: Map<string, number>;
  readonly #now: () => number;

  /** `secret`: 32 random bytes, the same after a restart. `withdrawn`: ids, and when each would have ended. `now`: ms since 1970. */
  constructor(
    secret: Uint8Array,
    withdrawn: Iterable<readonly [id: string, until: number]> = [],
    now: () => number = Date.now,
  ) {
    // Not the secret itself, which signs tokens: what is good for one is good for nothing else.
    this.#key = createHmac('sha256', secret).update('invitations').digest();
    this.#withdrawn = new Map(withdrawn);
    this.#now = now;
  }

  /** A new one, good for `forMs` from now on: 365 days at most. */
  make({ forMs, room }: { readonly forMs: number; readonly room?: Name | undefined }): string {
    if (!(forMs > 0 && forMs <= INVITATION_MS))
      throw new RangeError('an invitation is good for 365 days at most');
    const id = randomBytes(ID_BYTES).toString('base64url');
    const said = JSON.stringify({
      id,
      until: Math.ceil(this.#now() + forMs),
      ...(room !== undefined && { room }),
    });
    const body = Buffer.from(said).toString('base64url');
    return `${body}.${this.#code(body)}`;
  }

  /** Whether it lets somebody in now. Takes the same time whatever is wrong with its code. */
  accepts(key: string): boolean {
    const invitation = this.read(key);
    return invitation !== undefined && invitation.until > this.#now() && !this.#withdrawn.has(invitation.id);
  }

  /** What an invitation says that this server has made, over or not; `undefined` where it has not. */
  read(key: string): Invitation | undefined {
    const [body = '', code = '', ...more] = key.split('.');
    if (more.length > 0) return undefined;
    const given = Buffer.from(code);
    const good = Buffer.from(this.#code(body));
    if (given.length !== good.length || !timingSafeEqual(given, good)) return undefined;
    return parse(body);
  }

  /** From now on it lets nobody in. `until`: when it would have ended, in ms since 1970. */
  withdraw(id: string, until: number): void {
    for (const [old, end] of this.#withdrawn) if (end <= this.#now()) this.#withdrawn.delete(old);
    this.#withdrawn.set(id, until);
  }

  #code(body: string): string {
    return createHmac('sha256', this.#key)
      .update(body)
      .digest()
      .subarray(0, CODE_BYTES)
      .toString('base64url');
  }
}

/** What was signed: ours, and read with the same care all the same. */
function parse(body: string): Invitation | undefined {
  const said: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
  if (typeof said !== 'object' || said === null || !('id' in said) || !('until' in said)) return undefined;
  const { id, until } = said;
  if (typeof id !== 'string' || typeof until !== 'number') return undefined;
  const room = 'room' in said && typeof said.room === 'string' ? parseName(said.room) : undefined;
  return { id, until, ...(room !== undefined && { room }) };
}
