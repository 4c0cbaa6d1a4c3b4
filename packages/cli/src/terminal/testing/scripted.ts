/** A server that says what a test wants it to say. */
import { createServer, type Socket } from 'node:net';

export interface Scripted extends AsyncDisposable {
  readonly address: string;
}

/** `answer`: what it says to a line, whole lines with their ends; lines come without theirs. */
export async function scriptedServer(answer: (line: string) => string): Promise<Scripted> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.write('WHO\n');
    let unread = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      unread += chunk;
      const lines = unread.split('\n');
      unread = lines.pop() ?? '';
      for (const line of lines) socket.write(answer(line));
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
