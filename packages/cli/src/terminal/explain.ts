import {
  Closed,
  KeyNeeded,
  NameTaken,
  NotAName,
  QueueFull,
  Refused,
  Unconfirmed,
  Unreachable,
  Unsupported,
} from '@palabre/client';
import { printable } from './printable.ts';

/** What a name is (2.2). */
export const NAMES = '1 to 32 characters without spaces, not beginning with @ # or :';

/** One line on what went wrong with the chat at `address`, and what to do about it. */
export function explain(error: unknown, address: string): string {
  return printable(sentence(error, address));
}

function sentence(error: unknown, address: string): string {
  if (error instanceof NameTaken)
    return `the name ${error.asked} is taken at ${address}: choose another with --as NAME`;
  if (error instanceof NotAName) return `${JSON.stringify(error.asked)} is not a name: ${NAMES}`;
  if (error instanceof Unreachable) return unreachable(error, address);
  if (error instanceof Closed) return closed(error.why);
  if (error instanceof KeyNeeded)
    return `${address} lets in only those with the right key: --key-file FILE or the variable PALABRE_KEY says it`;
  if (error instanceof Refused) return refused(error.why);
  if (error instanceof Unsupported)
    return 'this server speaks the nine words alone: it has no rooms, history or search';
  if (error instanceof Unconfirmed) return 'nobody can tell whether it was said: look at the history';
  if (error instanceof QueueFull) return 'too much waits to be said already: wait until the line is back';
  return error instanceof Error ? error.message : String(error);
}

function closed(why: string): string {
  switch (why) {
    case 'bye':
      return 'this name said good-bye in another window';
    case 'kicked':
      return 'the server has ended this conversation';
    default:
      return 'the chat is over';
  }
}

/** What `why` (3.5) means to a person. */
function refused(why: string): string {
  switch (why) {
    case 'nobody':
      return 'nobody of that name is here';
    case 'empty':
      return 'there is no text';
    case 'long':
      return 'too long: a line holds 4,096 bytes';
    case 'text':
      return 'not text: it holds control characters';
    case 'room':
      return 'not a room, or not one that you are in';
    case 'full':
      return 'the server has no room for more: try later';
    case 'banned':
      return 'the operator of this server lets nobody in under this name, or from this address';
    case '':
      return 'the server refused it, and does not say why';
    default:
      return `the server refused it (${why})`;
  }
}

function unreachable(error: Unreachable, address: string): string {
  const { cause } = error;
  const code = causeCode(error);
  switch (code) {
    case 'ECONNREFUSED':
      return `nothing listens at ${address}: check the address, or start a server with 'palabre serve'`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `no machine of the name in ${address} is known: check the address`;
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${address} can't be reached from here: check the address and the network`;
    default:
  }
  if (code.includes('CERT') || code.startsWith('UNABLE_TO_')) {
    return `the certificate at ${address} is not trusted (${code}): NODE_EXTRA_CA_CERTS=FILE adds an authority`;
  }
  if (code.startsWith('ERR_SSL')) return `what listens at ${address} does not speak TLS: say tcp:// or ws://`;
  if (cause instanceof Refused) return `the server at ${address} is full: try later`;
  // A WebSocket does not say why.
  if (address.startsWith('ws'))
    return `no chat answers at ${address}: check the address, and that the server runs with --http`;
  const reason = cause instanceof Error && cause.message ? ` (${cause.message})` : '';
  return `what listens at ${address} does not speak the nine words${reason}: check scheme and port (tcp:// 7070, ws:// 7071)`;
}

/** The system's code for why a server can't be reached (`ECONNREFUSED`); `''` where it has none. */
export function causeCode({ cause }: Unreachable): string {
  // Where a machine has several addresses each of them has failed.
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  return first instanceof Error && 'code' in first ? String(first.code) : '';
}
