/** What an operator may ask through the admin socket: a JSON object a line, read here once. */
import { isText, LINE_BYTES, type Name, nameKey, parseName, SERVER_NAME } from '@palabre/protocol';
import { INVITATION_MS } from '../admission/invitations.ts';
import { formatNetwork, parseNetwork } from '../admission/networks.ts';
import type { BanSubject } from '../chat/commands.ts';

/** The most bytes that the text of `say` may have, so that its line is one that anybody could have said (2.6). */
const SAY_BYTES = LINE_BYTES - 'MSG '.length;

/** The most characters of a reason. */
const REASON_LENGTH = 500;

/** The longest that a ban may last, in ms: 100 years. Without a time it lasts for good. */
const BAN_MS = 100 * 365 * 86_400_000;

export type Request =
  | { readonly command: 'who' | 'stats' | 'bans' | 'drain' }
  | { readonly command: 'kick'; readonly name: Name; readonly reason: string | undefined }
  | {
      readonly command: 'ban';
      readonly subject: BanSubject;
      readonly forMs: number | undefined;
      readonly reason: string | undefined;
    }
  | { readonly command: 'unban'; readonly subject: BanSubject }
  | { readonly command: 'say'; readonly text: string; readonly room: Name | undefined }
  | { readonly command: 'invite'; readonly forMs: number; readonly room: Name | undefined }
  | { readonly command: 'withdraw'; readonly invitation: string };

/** What is wrong with a request. The message is one sentence, for the operator. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

/** Reads one line. Throws BadRequest. */
export function parseRequest(line: string): Request {
  const asked = fieldsOf(line);
  const command = asked.get('command');
  switch (command) {
    case 'who':
    case 'stats':
    case 'bans':
    case 'drain':
      return { command };
    case 'kick':
      return { command, name: nameIn(asked, 'name'), reason: reasonIn(asked) };
    case 'ban':
      return {
        command,
        subject: subjectIn(asked),
        forMs: optional(asked, 'forMs', (field) => msIn(asked, field, BAN_MS)),
        reason: reasonIn(asked),
      };
    case 'unban':
      return { command, subject: subjectIn(asked) };
    case 'say':
      return { command, text: textIn(asked), room: optional(asked, 'room', (field) => nameIn(asked, field)) };
    case 'invite':
      return {
        command,
        forMs: msIn(asked, 'forMs', INVITATION_MS),
        room: optional(asked, 'room', (field) => nameIn(asked, field)),
      };
    case 'withdraw':
      return { command, invitation: stringIn(asked, 'invitation') };
    default:
      throw new BadRequest(`there is no command ${JSON.stringify(command) ?? ''}`.trim());
  }
}

type Fields = ReadonlyMap<string, unknown>;

function fieldsOf(line: string): Fields {
  let asked: unknown;
  try {
    asked = JSON.parse(line);
  } catch {
    throw new BadRequest('a request is a JSON object on one line');
  }
  if (typeof asked !== 'object' || asked === null || Array.isArray(asked))
    throw new BadRequest('a request is a JSON object on one line');
  return new Map(Object.entries(asked));
}

function optional<T>(asked: Fields, field: string, read: (field: string) => T): T | undefined {
  const value = asked.get(field);
  return value === undefined || value === null ? undefined : read(field);
}

function stringIn(asked: Fields, field: string): string {
  const value = asked.get(field);
  if (typeof value === 'string') return value;
  throw new BadRequest(`"${field}" is missing, or no string`);
}

// 2.2
function nameIn(asked: Fields, field: string): Name {
  const text = stringIn(asked, field);
  const name = parseName(text);
  if (name !== undefined) return name;
  throw new BadRequest(`${JSON.stringify(text)} is not a name`);
}

function msIn(asked: Fields, field: string, most: number): number {
  const value = asked.get(field);
  if (typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= most) return value;
  throw new BadRequest(`"${field}" is not a whole number of ms above 0, at most ${most / 86_400_000} days`);
}

// 2.7
function textIn(asked: Fields): string {
  const text = stringIn(asked, 'text');
  if (text === '') throw new BadRequest('there is no text');
  if (!isText(text) || !text.isWellFormed())
    throw new BadRequest('that is not text: it holds control characters, or several lines');
  if (Buffer.byteLength(text) > SAY_BYTES) throw new BadRequest(`the text has over ${SAY_BYTES} bytes`);
  return text;
}

function reasonIn(asked: Fields): string | undefined {
  return optional(asked, 'reason', (field) => {
    const reason = stringIn(asked, field);
    if (isText(reason) && reason.isWellFormed() && reason.length <= REASON_LENGTH) return reason;
    throw new BadRequest(`a reason is text of at most ${REASON_LENGTH} characters`);
  });
}

function subjectIn(asked: Fields): BanSubject {
  if (asked.has('name') === asked.has('address'))
    throw new BadRequest('say either a "name" or an "address", and not both');
  if (asked.has('name')) {
    const name = nameIn(asked, 'name');
    if (nameKey(name) !== nameKey(SERVER_NAME)) return { type: 'name', name };
    throw new BadRequest('that is the name of the server itself'); // 4.8
  }
  const text = stringIn(asked, 'address');
  const network = parseNetwork(text);
  if (network) return { type: 'network', network: formatNetwork(network) };
  throw new BadRequest(`${JSON.stringify(text)} is neither an address nor a network such as 192.0.2.0/24`);
}
