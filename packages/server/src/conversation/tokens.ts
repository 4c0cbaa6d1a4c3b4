import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Identity } from '../chat/commands.ts';

/** Bytes of the code in a token: 128 bits can't be guessed. */
const CODE_BYTES = 16;

/**
 * Tokens: what shows that a connection is a certain member's (3.7). A token is the member's identity and a code that only this server can
 * make of it (HMAC-SHA-256, RFC 2104, with the journal's secret); none is stored. It is good as long as the member is waited for.
 */
export class Tokens {
  readonly #secret: Uint8Array;
  /** Of this run alone. */
  readonly #fleeting = randomBytes(32);

  /** `secret`: 32 random bytes, the same after a restart. */
  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  /** `lasting`: good for a server that starts again, too. One that would not know this member might give its identity to somebody else. */
  sign(identity: Identity, lasting = true): string {
    const secret = lasting ? this.#secret : this.#fleeting;
    const code = createHmac('sha256', secret).update(`member ${identity}`).digest().subarray(0, CODE_BYTES);
    return `${identity.toString(36)}.${code.toString('base64url')}`;
  }

  /** The identity that a token shows; `undefined` where it is forged or altered. Takes the same time whatever is wrong. */
  verify(token: string): Identity | undefined {
    const [, digits = ''] = /^([0-9a-z]{1,10})\./.exec(token) ?? [];
    const identity = Number.parseInt(digits, 36);
    if (!Number.isSafeInteger(identity)) return undefined;
    // As text: the last character of a code has bits to spare, and no other spelling of a token is one.
    const given = Buffer.from(token);
    const [lasting, fleeting] = [true, false].map((lasting) => {
      const good = Buffer.from(this.sign(identity, lasting));
      return given.length === good.length && timingSafeEqual(given, good);
    });
    return lasting || fleeting ? identity : undefined;
  }
}
