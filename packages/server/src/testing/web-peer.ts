/** A client for tests over a WebSocket: says messages, and waits for lines. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import type { RunningServer } from '../server.ts';

/** How long, in ms, an expected line may take on a busy machine before the test fails. */
const DEADLINE_MS = 20_000;

export class WebPeer {
  readonly webSocket: WebSocket;
  /** Whole messages, as they came. */
  readonly messages: string[] = [];
  readonly #lines: string[] = [];
  /** The close code, once closed. */
  #closed: number | undefined;
  #wake: () => void = () => {};

  private constructor(webSocket: WebSocket) {
    this.webSocket = webSocket;
    webSocket.on('error', () => {});
    webSocket.on('message', (data, isBinary) => {
      assert.ok(!isBinary);
      const text = String(data);
      this.messages.push(text);
      this.#lines.push(...text.split('\n'));
      this.#wake();
    });
    webSocket.on('close', (code) => {
      this.#closed = code;
      this.#wake();
    });
  }

  /** Rejects where the server refuses, with its status in the message. */
  static async connect(server: RunningServer, options: ClientOptions = {}): Promise<WebPeer> {
    const peer = new WebPeer(new WebSocket(`ws://${httpHost(server)}/chat`, options));
    await once(peer.webSocket, 'open');
    return peer;
  }

  static async enter(server: RunningServer, name: string): Promise<WebPeer> {
    const peer = await WebPeer.connect(server);
    peer.say(`IAM ${name}`);
    await peer.hears('WHO', `ARR ${name}`);
    return peer;
  }

  /** Says lines, all in one message. */
  say(...lines: string[]): void {
    this.webSocket.send(lines.join('\n'));
  }

  async hears(...expected: string[]): Promise<void> {
    for (const line of expected) assert.equal(await this.next(), line);
  }

  async next(): Promise<string> {
    await this.#until(() => this.#lines.length > 0 || this.#closed !== undefined);
    return this.#lines.shift() ?? assert.fail(`closed (${this.#closed}) before a line came`);
  }

  /** Resolves to the close code. */
  async closed(): Promise<number> {
    await this.#until(() => this.#closed !== undefined);
    return this.#closed ?? 0;
  }

  async #until(holds: () => boolean): Promise<void> {
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    while (!holds()) {
      await new Promise<void>((resolve, reject) => {
        const late = (): void => reject(new Error(`nothing came within ${DEADLINE_MS} ms`));
        deadline.addEventListener('abort', late, { once: true });
        this.#wake = () => {
          deadline.removeEventListener('abort', late);
          resolve();
        };
      });
    }
  }
}

/** `HOST:PORT` of the server's HTTP. */
export function httpHost({ http }: RunningServer): string {
  assert.ok(http);
  return `${http.host}:${http.port}`;
}
