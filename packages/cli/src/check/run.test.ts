import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import { describe, test } from 'node:test';
import type { Address } from '../address.ts';
import { catalogue } from './catalogue.ts';
import { type Check, type Outcome, Skipped, speaksNineWords } from './check.ts';
import { differing } from './differing.ts';
import { PageServer } from './page-server.ts';
import { tapReport } from './report-tap.ts';
import { textReport } from './report-text.ts';
import { run } from './run.ts';

const TIMEOUT_MS = 250;

async function outcomesOf(address: Address, checks = catalogue): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for await (const outcome of run(checks, { address, timeoutMs: TIMEOUT_MS })) outcomes.push(outcome);
  return outcomes;
}

async function outcomesOn(server: PageServer, checks = catalogue): Promise<Outcome[]> {
  const address = await server.start();
  try {
    return await outcomesOf(address, checks);
  } finally {
    await server.stop();
  }
}

/** What the kit finds of a server that does no more than `accept` does. */
async function outcomesWith(accept: (socket: Socket, number: number) => void): Promise<Outcome[]> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}); // the kit may hang up on it
    accept(socket, sockets.size);
  });
  const address = await new Promise<Address>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('not a TCP server');
      resolve({ host: '127.0.0.1', port: address.port });
    });
  });
  try {
    return await outcomesOf(address);
  } finally {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
}

test('checks come in the order of their rules', () => {
  const numbers = catalogue.map(({ rule }) => rule.split('.').map(Number));
  const sorted = numbers.toSorted(([a = 0, b = 0], [c = 0, d = 0]) => a - c || b - d);
  assert.deepEqual(numbers, sorted);
  assert.deepEqual(numbers[0], [1, 0]);
});

test('a server of the page alone has every must, and differs where Palabre decided more', async () => {
  const outcomes = await outcomesOn(new PageServer());
  assert.equal(speaksNineWords(outcomes), true);
  const odd = outcomes.filter(({ result }) => result !== 'holds' && result !== 'differs');
  assert.deepEqual(
    odd.map(({ rule }) => rule),
    catalogue.map(({ rule }) => rule).filter((rule) => rule.startsWith('3.')),
  );
  for (const { result, reason } of odd) {
    assert.equal(result, 'skipped');
    assert.equal(reason, 'the server answers EXT with WHO: it speaks the nine words alone');
  }
  const exts = outcomes.flatMap(({ exchange }) => exchange).filter(({ text }) => text === 'EXT');
  assert.equal(exts.length, 1, 'asked once in a run');
  const differs = outcomes.filter(({ result }) => result === 'differs').map(({ rule }) => rule);
  const rules = ['1.0', '1.10', '2.1', '2.1', '2.2', '2.2', '2.2', '2.2', '2.3', '2.3', '2.4', '2.4', '2.5'];
  assert.deepEqual(differs, [...rules, '2.6', '2.6', '2.6', '2.7', '2.7']);
});

describe('where a server differs from Palabre, the check of that rule says so', { concurrency: 4 }, () => {
  for (const { rule, title, Server } of differing)
    test(`${rule} ${title}`, async () => {
      const outcomes = await outcomesOn(new Server());
      const [outcome] = outcomes.filter((outcome) => outcome.rule === rule && outcome.title.includes(title));
      assert.equal(outcome?.result, 'differs');
      assert.equal(speaksNineWords(outcomes), true, 'and every must holds');
    });
});

test('what other people do at the same time is no fault', async () => {
  class Busy extends PageServer {
    override line(guest: Parameters<PageServer['line']>[0], line: string) {
      for (const noise of ['ARR zoé', 'MSG zoé bonjour', 'LFT zoé']) this.broadcast(noise);
      super.line(guest, line);
      this.broadcast('MSG yves salut');
    }
  }
  assert.deepEqual(
    (await outcomesOn(new Busy())).map(({ rule, title, result }) => [rule, title, result]),
    (await outcomesOn(new PageServer())).map(({ rule, title, result }) => [rule, title, result]),
  );
});

test('a server that answers byte by byte is a right one', async () => {
  class Slow extends PageServer {
    override send({ socket }: Parameters<PageServer['send']>[0], line: string) {
      for (const byte of Buffer.from(`${line}\n`)) if (socket.writable) socket.write(Buffer.of(byte));
    }
  }
  assert.equal(speaksNineWords(await outcomesOn(new Slow())), true);
});

describe('what is no server of the nine words is left after a few deadlines', { concurrency: 4 }, () => {
  const nothing: readonly [what: string, accept: (socket: Socket) => void, reason: RegExp][] = [
    ['a silent one', () => {}, /no server of the nine words: after "IAM .*" came nothing within 250 ms$/],
    ['one that closes at once', (socket) => socket.end(), /came nothing, and the connection was closed$/],
    ['one that breaks at once', (socket) => socket.resetAndDestroy(), /no server of the nine words: /],
    [
      'a web server',
      (socket) =>
        socket.on('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')),
      /came "HTTP\/1.1 400 Bad Request", "Connection: close", "", and the connection was closed$/,
    ],
    ['one without LF', (socket) => socket.write('WHO'), /came "WHO" with no LF after it$/],
    ['an endless line', (socket) => flood(socket, 'x'.repeat(65_536)), /came "x+… \(200 bytes\)" with no LF/],
    ['endless lines', (socket) => flood(socket, 'blah\n'.repeat(13_000)), /came "blah", .* lines more/],
    ['one that greets and says no more', (socket) => socket.write('WHO\n'), /came nothing within 250 ms$/],
  ];
  for (const [what, accept, reason] of nothing)
    test(what, async () => {
      const outcomes = await outcomesWith(accept);
      assert.equal(outcomes.length, catalogue.length);
      for (const outcome of outcomes) assert.equal(outcome.result, 'unchecked');
      assert.match(outcomes[0]?.reason ?? '', reason);
      assert.equal(speaksNineWords(outcomes), false);
    });
});

test('a server that dies on the way leaves the rest unchecked', async () => {
  class Mortal extends PageServer {
    #connections = 0;
    override greet(guest: Parameters<PageServer['greet']>[0]) {
      if (++this.#connections > 20) guest.socket.destroy();
      else super.greet(guest);
    }
  }
  const outcomes = await outcomesOn(new Mortal());
  assert.equal(outcomes[0]?.result, 'holds');
  assert.match(outcomes.at(-1)?.reason ?? '', /^the server no longer answers: after "IAM .* was closed$/);
  assert.equal(speaksNineWords(outcomes), false);
});

test('a check may be skipped, with a reason, and a must that is skipped is no fault', async () => {
  const about = { rule: '3.9', level: 'must', title: 'history' } as const;
  const check: Check = { ...about, run: () => Promise.reject(new Skipped('it does not answer EXT')) };
  const [outcome, ...others] = await outcomesOn(new PageServer(), [check]);
  assert.ok(outcome);
  assert.equal(others.length, 0);
  assert.equal(outcome.result, 'skipped');
  assert.equal(outcome.reason, 'it does not answer EXT');
  assert.equal(speaksNineWords([outcome]), true);
  assert.equal(tapReport().outcome(outcome), 'ok 1 - 3.9 history # SKIP it does not answer EXT\n');
  assert.match(textReport('', (_, text) => text).outcome(outcome), /^ {2}- 3\.9 .*\n +skipped: it does/);
});

/** Writes the same for as long as the other side reads. */
function flood(socket: Socket, text: string): void {
  const more = () => {
    while (socket.writable && socket.write(text));
  };
  socket.on('drain', more);
  more();
}
