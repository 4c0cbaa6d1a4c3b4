import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { test } from 'node:test';
import { MessageText, NUMBER, SpeakerLines } from '../verify/message-line.ts';
import { enterExtended } from './extended.ts';
import { Receipts } from './receipts.ts';
import { untilFault } from './until-fault.ts';

const SIZE = 32;

/** Lines to send instead of one line, to one receiver. */
type Spoil = (line: string, receiver: string) => string[];

/** A chat that knows EXT, IAM and MSG with a ref, as small as can be, that may do wrong. */
async function chat(spoil: Spoil = (line) => [line]) {
  const present = new Map<Socket, string>();
  let id = 0;
  const server = createServer((socket) => {
    socket.write('WHO\n');
    socket.on('error', () => {});
    const say = (to: Socket, line: string): void => {
      for (const sent of spoil(line, present.get(to) ?? '')) to.write(`${sent}\n`);
    };
    let rest = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [, name] = /^IAM (.*)/.exec(line) ?? [];
        const [, ref, text] = /^@ref=(\d+) MSG (.*)/.exec(line) ?? [];
        if (name) {
          present.set(socket, name);
          for (const to of present.keys()) to.write(`@at=1 ARR ${name}\n`);
        }
        if (!ref) continue;
        id++;
        for (const to of present.keys())
          say(to, `@${to === socket ? `ref=${ref};` : ''}id=${id};at=1 MSG ${present.get(socket)} ${text}`);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return { port, [Symbol.dispose]: () => server.close() };
}

/** Has three members say twenty messages each, four at a time; returns the receipts and the messages heard. */
async function talk(port: number): Promise<[number, number]> {
  const crowd = await enterExtended(port, 3);
  const lines = crowd.members.map(({ index }) => new SpeakerLines(`@ref=${NUMBER} MSG `, '\n', index, SIZE));
  const receipts = new Receipts(crowd, { lines, text: new MessageText(3, SIZE), heard: true });
  return untilFault(crowd, async () => {
    await receipts.sayAll(4, 20);
    await receipts.tail();
    return [receipts.receipts, receipts.heard];
  });
}

test('every message is receipted once and heard by the others', async () => {
  using server = await chat();
  assert.deepEqual(await talk(server.port), [60, 120]);
});

const receipt = /^@ref=0*7;/;
const wrongs: Record<string, [Spoil, RegExp]> = {
  'a receipt lost': [
    (line, to) => (receipt.test(line) && to === 'm00001' ? [] : [line]),
    /member m00001: got the receipt for ref 8 where that for 7 was due/,
  ],
  'a receipt sent twice': [
    (line, to) => (receipt.test(line) && to === 'm00001' ? [line, line] : [line]),
    /member m00001: got "@ref=0000000007;.* after a line with the id/,
  ],
  'a receipt with another text': [
    (line) => [receipt.test(line) ? line.replace(' 0000000007 ', ' 0000000008 ') : line],
    /got another text under its ref 7/,
  ],
  'a message of another lost': [
    (line, to) => (line.includes('MSG m00002 0002 0000000003 ') && to === 'm00000' ? [] : [line]),
    /member m00000: got a message too early/,
  ],
  'an error instead of a receipt': [
    (line, to) => [receipt.test(line) ? `@ref=7;why=full ERR ${to}` : line],
    /the server answered "@ref=7;why=full ERR/,
  ],
};

for (const [what, [spoil, says]] of Object.entries(wrongs)) {
  test(`${what} is found`, async () => {
    using server = await chat(spoil);
    await assert.rejects(talk(server.port), says);
  });
}
