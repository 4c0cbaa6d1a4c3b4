/** A client for tests over a WebSocket: says messages, and waits for lines. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';
import type { RunningServer } from '../server.ts';
import { Alarm } from './alarm.ts';

export class WebPeer {
  readonly webSocket: WebSocket;
  /** Whole messages, as they came. */
  readonly messages: string[] = [];
  readonly #alarm = new Alarm();
  readonly #lines: string[] = [];
  /** The close code, once closed. */
  #closed: number | undefined;

  private constructor(webSocket: WebSocket) {
    this.webSocket = webSocket;
    webSocket.on('error', () => {});
    webSocket.on('message', (data, isBinary) => {
      assert.ok(!isBinary);
      const text = String(data);
      this.messages.push(text);
      this.#lines.push(...text.split('\n'));
      this.#alarm.ring();
    });
    webSocket.on('close', (code) => {
      this.#closed = code;
      this.#alarm.ring();
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
    await this.#alarm.until(() => this.#lines.length > 0 || this.#closed !== undefined);
    return this.#lines.shift() ?? assert.fail(`closed (${this.#closed}) before a line came`);
  }

  /** Resolves to the close code. */
  async closed(): Promise<number> {
    await this.#alarm.until(() => this.#closed !== undefined);
    return this.#closed ?? 0;
  }
}

/** `HOST:PORT` of the server's HTTP. */
export function httpHost({ http }: RunningServer): string {
  assert.ok(http);
  return `${http.host}:${http.port}`;
}
