import {
  Closed,
  NameTaken,
  NotAName,
  QueueFull,
  Refused,
  Unconfirmed,
  Unreachable,
  Unsupported,
} from '@palabre/client';
import type { Problem } from './app.ts';
import { nameProblem } from './names.ts';

const WHY: Readonly<Record<string, Problem['what']>> = {
  nobody: 'nobody',
  empty: 'empty',
  long: 'too-long',
  tags: 'too-long',
  text: 'control-characters',
  room: 'not-in-room',
  full: 'not-kept',
  banned: 'banned',
};

/** What an error of the client library comes to, for the page to say. `about`: what it concerns; `full`: what `why=full` means here (3.5). */
export function problemOf(error: unknown, about?: string, full: Problem['what'] = 'not-kept'): Problem {
  if (error instanceof NameTaken) return { what: 'taken', about: error.asked };
  if (error instanceof NotAName)
    return nameProblem(error.asked) ?? { what: 'name-other', about: error.asked };
  if (error instanceof Refused) {
    const what = error.why === 'full' ? full : (WHY[error.why] ?? 'other');
    return { what, about };
  }
  if (error instanceof QueueFull) return { what: 'queue-full' };
  if (error instanceof Unconfirmed) return { what: 'unconfirmed' };
  if (error instanceof Unsupported) return { what: 'unsupported' };
  if (error instanceof Closed) return { what: 'closed' };
  if (error instanceof Unreachable) {
    const refused = error.cause instanceof Refused && error.cause.why === 'full';
    return { what: refused ? 'server-full' : 'unreachable' };
  }
  return { what: 'other' };
}
