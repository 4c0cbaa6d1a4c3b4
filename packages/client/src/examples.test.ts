/** The examples, as processes, against the real server. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { connect } from './index.ts';
import { RealServer } from './testing/real-server.ts';
import { Transcript } from './testing/scene.ts';
import { until } from './testing/until.ts';

const EXAMPLES = resolve(import.meta.dirname, '../examples');
const DEADLINE = { timeout: 60_000 };

class Example implements AsyncDisposable {
  readonly #child: ChildProcess;

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Runs it; resolves when it has printed that it is in the chat. */
  static async run(name: string, ...args: string[]): Promise<Example> {
    const child = spawn(process.execPath, [join(EXAMPLES, `${name}.ts`), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.stdout.resume();
    return new Example(child);
  }

  /** Ends it as Ctrl-C does; its exit status. */
  async stop(): Promise<unknown> {
    if (this.#child.exitCode !== null) return this.#child.exitCode;
    this.#child.kill('SIGINT');
    const [status] = await once(this.#child, 'exit');
    return status;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGKILL');
  }
}

test('the echo bot answers', DEADLINE, async () => {
  await using server = await RealServer.start();
  const address = `127.0.0.1:${server.port}`;
  await using bot = await Example.run('echo', address);
  await using ana = await connect(address, { name: 'ana' });
  const read = new Transcript(ana);
  const { id } = await ana.whisper('echo', 'is there anybody?');
  await until(() => read.messages.length === 2);
  assert.deepEqual(
    read.messages.map((each) => [each.from, each.text, each.re]),
    [
      ['ana', 'is there anybody?', undefined],
      ['echo', 'is there anybody?', id],
    ],
  );
  assert.equal(await bot.stop(), 0);
  await until(() => read.events.some((event) => event.type === 'left' && event.why === 'bye'));
});

test('the bridge carries both ways, and not back', DEADLINE, async () => {
  await using one = await RealServer.start();
  await using other = await RealServer.start();
  const addresses = [`127.0.0.1:${one.port}`, `127.0.0.1:${other.port}`] as const;
  await using bridge = await Example.run('bridge', ...addresses);
  await using ana = await connect(addresses[0], { name: 'ana' });
  await using bo = await connect(addresses[1], { name: 'bo' });
  const [read, heard] = [new Transcript(ana), new Transcript(bo)];
  for (let i = 0; i < 20; i++) await ana.say(`hello ${i}`);
  await until(() => heard.messages.length === 20);
  await bo.say('hello back');
  await until(() => read.messages.length === 21);
  assert.equal(heard.texts[19], '<ana> hello 19');
  assert.equal(read.texts[20], '<bo> hello back');
  assert.equal(heard.messages.length, 21);
  assert.equal(await bridge.stop(), 0);
});

test(
  'the logger writes everything once, over a restart of its own and one of the server',
  DEADLINE,
  async () => {
    await using server = await RealServer.start();
    const address = `127.0.0.1:${server.port}`;
    const folder = await mkdtemp(join(tmpdir(), 'palabre-logger-'));
    try {
      const file = join(folder, 'chat.jsonl');
      const logged = async (): Promise<string[]> => {
        const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').slice(0, -1);
        return lines
          .map((line) => JSON.parse(line))
          .flatMap(({ type, text }) => (type === 'message' ? [text] : []));
      };
      await using ana = await connect(address, { name: 'ana', random: () => 0.01 });
      const first = await Example.run('logger', address, file);
      await ana.say('one');
      await until(async () => (await logged()).length === 1);
      assert.equal(await first.stop(), 0);
      await ana.say('two');
      await server.kill();
      await server.start();
      await ana.say('three');
      await using again = await Example.run('logger', address, file);
      await ana.say('four');
      await until(async () => (await logged()).length === 4);
      assert.deepEqual(await logged(), ['one', 'two', 'three', 'four']);
      assert.equal(await again.stop(), 0);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
);

test('each is short', () => {
  for (const name of ['echo', 'bridge', 'logger']) {
    const lines = readFileSync(join(EXAMPLES, `${name}.ts`), 'utf8').split('\n').length;
    assert.ok(lines < 60, `${name} has ${lines} lines`);
  }
});
