/** A running server, asked through the socket in its data directory. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Answered, type Answers, adminSocket } from '@palabre/server';

/** There is nobody to ask, or the server can't do it. The message is one line for the operator. */
export class CannotAsk extends Error {
  override readonly name = 'CannotAsk';
}

/** How long, in ms, an answer may take: a commit on a slow disk, and some. */
const ANSWER_MS = 30_000;

/** How often, in ms, a server that is ending is asked something, so that it does not take the socket for a forgotten one. */
const STILL_HERE_MS = 20_000;

/**
 * Asks, and gives the answer; `ended` resolves when the server that was asked to `drain` has ended. Rejects with CannotAsk, also where nothing is
 * answered for `answerMs`.
 */
export async function ask<Command extends keyof Answers>(
  data: string,
  request: { readonly command: Command } & Readonly<Record<string, unknown>>,
  answerMs = ANSWER_MS,
): Promise<{ readonly answer: Answers[Command]; readonly ended: Promise<void> }> {
  const socket = await reach(data);
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.write(`${JSON.stringify(request)}\n`);
  socket.setTimeout(answerMs, () => socket.destroy());
  const line = await firstLine(socket);
  socket.setTimeout(0);
  const answer: Answered<Command> | undefined = line === undefined ? undefined : JSON.parse(line);
  if (answer?.ok && request.command === 'drain') stay(socket);
  else socket.destroy();
  if (!answer) throw new CannotAsk(`the server with the data in ${data} has not answered`);
  if (!answer.ok) throw new CannotAsk(answer.error);
  return { answer, ended };
}

/**
 * What comes up to the first LF; `undefined` where the socket ends, is cut or destroyed before. By the stream's own iterator: readline's waits for ever
 * for the end of a socket that is destroyed.
 */
async function firstLine(socket: Socket): Promise<string | undefined> {
  let text = '';
  try {
    for await (const chunk of socket.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
      text += chunk;
      const end = text.indexOf('\n');
      if (end >= 0) return text.slice(0, end);
    }
  } catch {
    // Cut: whatever the system calls it, there is no answer.
  }
  return undefined;
}

function stay(socket: Socket): void {
  socket.resume();
  const asking = setInterval(() => socket.write('{"command":"stats"}\n'), STILL_HERE_MS);
  socket.once('close', () => clearInterval(asking));
}

async function reach(data: string): Promise<Socket> {
  try {
    using at = adminSocket(data);
    const socket = connect(at.path);
    await once(socket, 'connect');
    socket.on('error', () => socket.destroy());
    return socket;
  } catch (error) {
    throw new CannotAsk(unreachable(data, error));
  }
}

function unreachable(data: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ECONNREFUSED':
    case 'ENOTDIR':
      return `no server runs with its data in ${data}: start one, or say where it is with --data DIR`;
    case 'EACCES':
    case 'EPERM':
      return `the server with its data in ${data} is another user's: ask as the user that runs it`;
    default:
      return `the server with its data in ${data} can't be asked: ${error instanceof Error ? error.message : error}`;
  }
}
