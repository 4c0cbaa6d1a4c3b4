/** A running server, asked through the socket in its data directory. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { type Answered, type Answers, adminSocket } from '@palabre/server';

/** There is nobody to ask, or the server can't do it. The message is one line for the operator. */
export class CannotAsk extends Error {
  override readonly name = 'CannotAsk';
}

/** How long, in ms, an answer may take: a commit on a slow disk, and some. */
const ANSWER_MS = 30_000;

/** How often, in ms, a server that is ending is asked something, so that it does not take the socket for a forgotten one. */
const STILL_HERE_MS = 20_000;

/** Asks, and gives the answer; `ended` resolves when the server that was asked to `drain` has ended. Rejects with CannotAsk. */
export async function ask<Command extends keyof Answers>(
  data: string,
  request: { readonly command: Command } & Readonly<Record<string, unknown>>,
): Promise<{ readonly answer: Answers[Command]; readonly ended: Promise<unknown> }> {
  const socket = await reach(data);
  const closed = once(socket, 'close');
  socket.write(`${JSON.stringify(request)}\n`);
  socket.setTimeout(ANSWER_MS, () => socket.destroy());
  for await (const line of createInterface({ input: socket })) {
    socket.setTimeout(0);
    const answer = JSON.parse(line) as Answered<Command>;
    if (answer.ok) {
      if (request.command === 'drain') stay(socket);
      else socket.destroy();
      return { answer, ended: closed };
    }
    socket.destroy();
    throw new CannotAsk(answer.error);
  }
  throw new CannotAsk(`the server with the data in ${data} has not answered`);
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
