import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { test } from 'node:test';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Contender } from '../contenders/contender.ts';
import { palabre, palabreWs } from '../contenders/palabre.ts';
import { socketIo } from '../contenders/socket-io.ts';
import { wsLoop } from '../contenders/ws-loop.ts';
import { join } from './join.ts';
import { Speakers } from './speakers.ts';
import { untilFault } from './until-fault.ts';

/** Lines to send instead of one line, to one receiver. */
type Spoil = (line: string, receiver: string) => string[];

/** Says lines to one client. */
type Say = (lines: readonly string[]) => void;

/** What a new client is to be heard by, given how lines are said to it. */
type Connect = (say: Say) => (line: string) => void;

/** A chat of the nine words, as small as can be, that may do wrong. */
function chat(spoil: Spoil): Connect {
  const present = new Map<Say, string>();
  const tell = (line: string, but?: Say): void => {
    for (const [say, name] of present) if (say !== but) say(spoil(line, name));
  };
  return (say) => (line) => {
    const [word, name = ''] = line.split(' ');
    if (word === 'IAM') {
      present.set(say, name);
      tell(`ARR ${name}`);
    } else tell(`MSG ${present.get(say)} ${line.slice(4)}`, say);
  };
}

/** The chat as each contender has its clients speak to it. */
const hosts: readonly [Contender, (connect: Connect) => Server | TcpServer][] = [
  [palabre, overTcp],
  [palabreWs, overWebSockets(palabreClient)],
  [wsLoop, overWebSockets(loopClient)],
  [socketIo, overWebSockets(socketIoClient)],
];

function overTcp(connect: Connect): TcpServer {
  return createTcpServer((socket) => {
    const hear = connect((lines) => {
      for (const line of lines) socket.write(`${line}\n`);
    });
    socket.write('WHO\n');
    socket.on('error', () => {});
    let rest = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) hear(line);
    });
  });
}

function overWebSockets(client: (connect: Connect, socket: WebSocket, url: string) => void) {
  return (connect: Connect): Server => {
    const server = createServer();
    const webSockets = new WebSocketServer({ server });
    webSockets.on('connection', (socket, { url = '' }) => client(connect, socket, url));
    return server;
  };
}

/** Lines that are said at once are one message. */
function palabreClient(connect: Connect, socket: WebSocket): void {
  const hear = connect((lines) => {
    if (lines.length > 0) socket.send(lines.join('\n'));
  });
  socket.send('WHO');
  socket.on('message', (data) => hear(String(data).trimEnd()));
}

function loopClient(connect: Connect, socket: WebSocket, url: string): void {
  const hear = connect((lines) => {
    for (const line of lines) socket.send(line);
  });
  socket.on('message', (data) => hear(`MSG ${data}`));
  hear(`IAM ${url.split('=')[1]}`);
}

function socketIoClient(connect: Connect, socket: WebSocket): void {
  const hear = connect((lines) => {
    for (const line of lines) {
      const [, word = '', name, text] = /^(\w+) (\S+)(?: (.*))?$/.exec(line) ?? [];
      socket.send(
        word === 'ERR' ? `44{"message":"${line}"}` : `42${JSON.stringify([word.toLowerCase(), name, text])}`,
      );
    }
  });
  socket.send('0{"sid":"one"}');
  socket.on('message', (data) => {
    const [, type = '', json = ''] = /^(\d+)(.*)$/.exec(String(data)) ?? [];
    if (type === '40') {
      socket.send('2');
      socket.send('40{"sid":"two"}');
      hear(`IAM ${JSON.parse(json).name}`);
    } else if (type === '42') hear(`MSG ${JSON.parse(json)[1]}`);
    else assert.equal(type, '3');
  });
}

/** Has ten members join such a chat and three speak; returns the messages that all received together. */
async function talk(contender: Contender, server: Server | TcpServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const dialect = contender.dialect(32);
  const crowd = await join(dialect, port, 10, 4);
  const speakers = new Speakers(crowd, dialect, 3, 32);
  return untilFault(crowd, async () => {
    for (let speaker = 0; speaker < speakers.count; speaker++) speakers.say(speaker, 20);
    await speakers.tail();
    return speakers.messages.deliveries;
  });
}

const wrongs: Record<string, [Spoil, RegExp]> = {
  'an arrival told twice': [
    (line, receiver) => (line === 'ARR m00005' && receiver === 'm00003' ? [line, line] : [line]),
    /member m0000\d: got/,
  ],
  'an arrival told under another name': [
    (line, receiver) => [line === 'ARR m00005' && receiver === 'm00005' ? 'ARR m00004' : line],
    /member m00005: got "\S*ARR\W+m00004\S*\\n" before its own arrival/i,
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
    /member m00005: the server answered ".*ERR m00005.*\\n"/,
  ],
};

for (const [contender, host] of hosts) {
  test(`everybody gets everything from a chat like ${contender.name} that does right`, async (t) => {
    const server = host(chat((line) => [line]));
    t.after(() => server.close());
    assert.equal(await talk(contender, server), 3 * 20 * 9);
  });
  for (const [what, [spoil, says]] of Object.entries(wrongs)) {
    test(`${what} by a chat like ${contender.name} is found, and whose it was is said`, async (t) => {
      const server = host(chat(spoil));
      t.after(() => server.close());
      await assert.rejects(talk(contender, server), says);
    });
  }
}
