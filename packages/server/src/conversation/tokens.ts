import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Identity } from '../chat/commands.ts';

/** Bytes of the code in a token: 128 bits can't be guessed. */
const CODE_BYTES = 16;

/**
 * Tokens: what shows that a connection is a certain member's (3.7). A token is the member's identity and a code that only this server can
 * make of it (HMAC-SHA-256, RFC 2104, with the journal's secret); none is stored. It is good as long as the member is waited for.
 */
export class Tokens {
  readonly #secret: Uint8Array;

  /** `secret`: 32 random bytes, the same after a restart. */
  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  sign(identity: Identity): string {
    return `${identity.toString(36)}.${this.#code(identity).toString('base64url')}`;
  }

  /** The identity that a token shows; `undefined` where it is forged or altered. Takes the same time whatever is wrong. */
  verify(token: string): Identity | undefined {
    const [, digits = ''] = /^([0-9a-z]{1,10})\./.exec(token) ?? [];
    const identity = Number.parseInt(digits, 36);
    if (!Number.isSafeInteger(identity)) return undefined;
    // As text: the last character of a code has bits to spare, and no other spelling of a token is one.
    const given = Buffer.from(token);
    const good = Buffer.from(this.sign(identity));
    return given.length === good.length && timingSafeEqual(given, good) ? identity : undefined;
  }

  #code(identity: Identity): Buffer {
    return createHmac('sha256', this.#secret).update(`member ${identity}`).digest().subarray(0, CODE_BYTES);
  }
}
