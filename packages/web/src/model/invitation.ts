/** A link that lets one in: `https://host/#invite=TOKEN`. What is after `#` no browser sends to the server, nor writes into its log. */
import { isRecord } from './device.ts';

export interface Invitation {
  /** What lets one in (3.13). */
  readonly key: string;
  /** Where one is to go first; absent: the lobby. */
  readonly room: string | undefined;
  /** Its time is over, by this device's clock: whether the server thinks so too is for it to say. */
  readonly ended: boolean;
}

/**
 * What an address's part after `#` invites to, if it does. A token begins with base64url (RFC 4648) of JSON, `{"until","room"?}` with `until` in ms since
 * 1970, up to a dot. Whether anybody has signed that, only the server can tell. `now`: ms since 1970.
 */
export function readInvitation(hash: string, now: number): Invitation | undefined {
  const [, key] = /^#invite=(.{1,400})$/.exec(hash) ?? [];
  if (key === undefined) return undefined;
  const { until, room } = readClaims(key);
  return {
    key,
    room: typeof room === 'string' ? room : undefined,
    ended: typeof until === 'number' && until < now,
  };
}

function readClaims(token: string): Readonly<Record<string, unknown>> {
  const [claims = ''] = token.split('.');
  try {
    const bytes = atob(claims.replaceAll('-', '+').replaceAll('_', '/'));
    const read: unknown = JSON.parse(
      new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))),
    );
    return isRecord(read) ? read : {};
  } catch {
    return {};
  }
}
