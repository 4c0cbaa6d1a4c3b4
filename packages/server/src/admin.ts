/** The operator's way in: wires the socket in the data directory with what an operator may ask (operator/). */
import { reasonOf } from './journal/errors.ts';
import type { Address } from './listeners/address.ts';
import { AdminListener } from './listeners/admin.ts';
import { Operator, type Premises, refusal } from './operator/operator.ts';

/** Opens it in this directory; `none`: nowhere. Where it can't be opened that is an event, and the chat is served all the same. */
export async function openAdmin(data: string, premises: Premises): Promise<AdminListener | undefined> {
  if (data === 'none') return undefined;
  const operator = new Operator(premises);
  const admin = new AdminListener(async (line) =>
    line === undefined ? refusal('the request is too long') : operator.hear(line),
  );
  try {
    await admin.listen(data);
    return admin;
  } catch (error) {
    premises.events.warn(
      { data, reason: reasonOf(error) },
      'there is no admin socket: palabre admin reaches nobody',
    );
    return undefined;
  }
}

/** Where the page is, as a browser on this machine finds it. */
export function pageUrl(http: Address | undefined, encrypted: boolean): string | undefined {
  if (!http) return undefined;
  const everywhere = http.host === '0.0.0.0' || http.host === '::';
  const host = everywhere ? '127.0.0.1' : http.host;
  return `${encrypted ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${http.port}`;
}
