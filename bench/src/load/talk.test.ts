import assert from 'node:assert/strict';
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { type TestContext, test } from 'node:test';
import { WebSocketServer } from 'ws';
import { Talk } from './talk.ts';

/** Somebody in the chat below. */
interface Present {
  readonly name: string;
  readonly extended: boolean;
  say(lines: readonly string[]): void;
}

/** Lines to send one receiver instead of a message. */
type Spoil = (line: string, receiver: Present) => string[];

/** The smallest chat in both forms, that may do wrong. */
class Chat {
  readonly #present = new Set<Present>();
  readonly #spoil: Spoil;
  #id = 0;

  constructor(spoil: Spoil) {
    this.#spoil = spoil;
  }

  /** A new connection: returns what it is to be heard by. */
  connect(say: (lines: readonly string[]) => void): (line: string) => void {
    let extended = false;
    let own: Present | undefined;
    say(['WHO']);
    return (line) => {
      const [, ref = '', word = '', rest = ''] = /^(?:@ref=(\d+) )?(\S+) ?(.*)$/.exec(line) ?? [];
      if (word === 'EXT') {
        extended = true;
        say(['@line=4096 EXT small/1']);
      } else if (word === 'IAM') {
        own = { name: rest, extended, say };
        this.#present.add(own);
        for (const one of this.#present) one.say([`${one.extended ? '@at=1 ' : ''}ARR ${rest}`]);
      } else if (own) this.#tell(own, rest, ref);
    };
  }

  #tell(from: Present, text: string, ref: string): void {
    this.#id++;
    for (const one of this.#present) {
      if (one === from && !one.extended) continue;
      const tags = one.extended ? `@${one === from ? `ref=${ref};` : ''}id=${this.#id};at=1 ` : '';
      // Somebody else speaks too, of whom nobody knows.
      const other = `${one.extended ? '@at=1;id=0 ' : ''}MSG stranger 0001 0000000001`;
      one.say([other, ...this.#spoil(`${tags}MSG ${from.name} ${text}`, one)]);
    }
  }
}

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port; // of a TCP server that listens it is one
}

/** Has twelve members, three of each form, say a few messages each in such a chat. */
async function talk(t: TestContext, spoil: Spoil): Promise<Talk> {
  const chat = new Chat(spoil);
  const lines = createServer((socket) => {
    const hear = chat.connect((said) => socket.write(said.map((line) => `${line}\n`).join('')));
    let rest = '';
    socket.on('error', () => {});
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      const whole = (rest + chunk).split('\n');
      rest = whole.pop() ?? '';
      for (const line of whole) hear(line);
    });
  });
  const web = createHttpServer();
  new WebSocketServer({ server: web }).on('connection', (socket) => {
    const hear = chat.connect((said) => said.length > 0 && socket.send(said.join('\n')));
    socket.on('error', () => {});
    socket.on('message', (data) => {
      for (const line of String(data).trimEnd().split('\n')) hear(line);
    });
  });
  t.after(() => {
    lines.close();
    web.close();
  });
  const crowd = new Talk(await portOf(lines), await portOf(web), 12, 32);
  return crowd.whileRight(async () => {
    await crowd.enter();
    const stop = crowd.keepRate(2000);
    while (crowd.messages < 60) await new Promise((resolve) => setImmediate(resolve));
    stop();
    await crowd.tail();
    return crowd;
  });
}

test('members in all forms talk in a chat that does right: each message reaches everybody, timed', async (t) => {
  const crowd = await talk(t, (line) => [line]);
  const { messages } = crowd;
  const { deliveries, p50, p99, max } = crowd.took();
  // Every other speaker is in the extended form, and gets its own back.
  assert.equal(deliveries, messages * 11 + Math.floor(messages / 2));
  assert.ok(p50 > 0 && p50 <= p99 && p99 <= max * 1.01);
  assert.equal(crowd.took().deliveries, 0);
});

const THIRD = /MSG m0000\d 000\d 0000000002/;
for (const [what, receiver, spoilt, says] of [
  ['lost on the way to a plain member', 'm00004', () => [], /m00004: got message \d of speaker \d where/],
  [
    'lost on the way to an extended member',
    'm00005',
    () => [],
    /m00005: got message .* too early: one was lost/,
  ],
  [
    'doubled to a plain one over a WebSocket',
    'm00006',
    (line: string) => [line, line],
    /m00006: got message/,
  ],
  [
    'doubled to an extended one over a WebSocket',
    'm00007',
    (line: string) => [line, line],
    /m00007: .* twice/,
  ],
  ['changed', 'm00005', (line: string) => [line.replace(/.$/, '!')], /m00005: what came is no text/],
  [
    'under another name',
    'm00004',
    (line: string) => [line.replace(/MSG m0000\d/, 'MSG m00011')],
    /m00004: got a message under another's name/,
  ],
  ['answered with an error', 'm00004', () => ['ERR m00004'], /m00004: the server answered/],
  ['followed by the leaving of one of them', 'm00005', () => ['@at=1 LFT m00001'], /was told that one left/],
] as const) {
  test(`a message ${what} is found, and whose it was is said`, async (t) => {
    await assert.rejects(
      talk(t, (line, { name }) => (name === receiver && THIRD.test(line) ? spoilt(line) : [line])),
      says,
    );
  });
}
