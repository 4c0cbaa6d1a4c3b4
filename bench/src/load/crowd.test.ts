import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { palabre } from '../contenders/palabre.ts';
import { join } from './join.ts';
import { Speakers } from './speakers.ts';
import { untilFault } from './until-fault.ts';

/** Lines to send instead of one line, to one receiver. */
type Spoil = (line: string, receiver: string) => string[];

/** A chat of the nine words, as small as can be, that may do wrong. */
async function chat(spoil: Spoil = (line) => [line]) {
  const present = new Map<Socket, string>();
  const tell = (line: string, but?: Socket): void => {
    for (const [socket, name] of present) {
      if (socket !== but) for (const sent of spoil(line, name)) socket.write(`${sent}\n`);
    }
  };
  const server = createServer((socket) => {
    socket.write('WHO\n');
    socket.on('error', () => {});
    let rest = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [word, name = ''] = line.split(' ');
        if (word === 'IAM') {
          present.set(socket, name);
          tell(`ARR ${name}`);
        } else tell(`MSG ${present.get(socket)} ${line.slice(4)}`, socket);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { port, [Symbol.dispose]: () => server.close() };
}

/** Has ten members join and three speak, `seconds` long; returns the messages that all received together. */
async function talk(port: number): Promise<number> {
  const dialect = palabre.dialect(32);
  const crowd = await join(dialect, port, 10, 4);
  const speakers = new Speakers(crowd, dialect, 3, 32);
  return untilFault(crowd, async () => {
    for (let speaker = 0; speaker < speakers.count; speaker++) speakers.say(speaker, 20);
    await speakers.tail();
    return speakers.messages.deliveries;
  });
}

test('everybody gets everything from a chat that does right', async () => {
  using server = await chat();
  assert.equal(await talk(server.port), 3 * 20 * 9);
});

const wrongs: Record<string, [Spoil, RegExp]> = {
  'an arrival told twice': [
    (line, receiver) => (line === 'ARR m00005' && receiver === 'm00003' ? [line, line] : [line]),
    /member m0000\d: got/,
  ],
  'an arrival told under another name': [
    (line, receiver) => [line === 'ARR m00005' && receiver === 'm00005' ? 'ARR m00004' : line],
    /member m00005: got "ARR m00004\\n" before its own arrival/,
  ],
  'a message lost on the way to one': [
    (line, receiver) => (line.includes(' 0001 0000000007 ') && receiver === 'm00005' ? [] : [line]),
    /member m0000\d: got/,
  ],
  'a message sent twice to a speaker': [
    (line, receiver) => (line.includes(' 0001 0000000007 ') && receiver === 'm00000' ? [line, line] : [line]),
    /member m00000: got a message twice/,
  ],
  'an error instead of a message': [
    (line, receiver) => [line.includes(' 0001 0000000007 ') && receiver === 'm00005' ? 'ERR m00005' : line],
    /member m00005: the server answered "ERR m00005\\n"/,
  ],
};

for (const [what, [spoil, says]] of Object.entries(wrongs)) {
  test(`${what} is found, and whose it was is said`, async () => {
    using server = await chat(spoil);
    await assert.rejects(talk(server.port), says);
  });
}
