/** What `palabre join` is told of where to go: an address, or a link that invites to the chat's page (`https://host/#invite=TOKEN`). */
import { parseName } from '@palabre/protocol';
import { toAddressText } from './address-text.ts';

export interface Place {
  /** As `toAddressText` writes it. */
  readonly address: string;
  /** What lets one in (3.13). */
  readonly key?: string | undefined;
  /** Where the link leads. */
  readonly room?: string | undefined;
}

/** Throws, with what to say instead, what commander shows. */
export function toPlace(text: string): Place {
  const [, secure, page = '', key] = /^http(s?):\/\/([^#]+)#invite=(\S{1,400})$/i.exec(text) ?? [];
  if (key === undefined) return { address: toAddressText(text) };
  return { address: toAddressText(`ws${secure}://${page}`), key, room: roomOf(key) };
}

/** A token begins with base64url (RFC 4648) of JSON with the room, up to a dot. Whether anybody has signed that, only the server can tell. */
function roomOf(token: string): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
    if (typeof claims !== 'object' || claims === null || !('room' in claims)) return undefined;
    return typeof claims.room === 'string' ? parseName(claims.room) : undefined;
  } catch {
    return undefined;
  }
}
