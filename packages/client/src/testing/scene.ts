import type { Chat } from '../chat.ts';
import { connectBy } from '../connect.ts';
import * as plain from '../core/plain.ts';
import type { ChatEvent, Message } from '../events.ts';
import type { ConnectOptions } from '../options.ts';
import { FakeClock } from './fake-clock.ts';
import { type FakeOptions, FakeServer } from './fake-server.ts';
import { Network } from './network.ts';

/** A server, the lines to it, a clock, and whoever comes. */
export class Scene {
  readonly clock = new FakeClock();
  readonly server: FakeServer;
  readonly network: Network;

  constructor(options: FakeOptions = {}) {
    this.server = new FakeServer(options);
    this.network = new Network(this.server);
  }

  /** Lets everything that is on its way arrive, with all that comes of it. Time stands still. */
  async settle(): Promise<void> {
    do {
      await turn();
      this.network.moveUp();
      this.network.moveDown();
      await turn();
    } while (this.network.busy);
  }

  /** Lets `ms` go by, in steps of a second, and everything arrive. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 1000) {
      this.clock.advance(Math.min(left, 1000));
      await this.settle();
    }
  }

  async connect(name: string, options: ConnectOptions = {}): Promise<Chat> {
    const chat = this.dial(name, options);
    // Whoever asked sees how it went: below, or where it is awaited.
    chat.catch(() => {});
    await this.settle();
    return await chat;
  }

  /** Begins to connect. */
  dial(name: string, options: ConnectOptions = {}): Promise<Chat> {
    const way = { address: 'fake', dial: this.network.dial, interpreter: async () => plain };
    return connectBy(way, { name, clock: this.clock, random: () => 0.5, ...options });
  }
}

/** All that is due without anything arriving has happened. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Collects what a reader gets, as it gets it. */
export class Transcript {
  readonly events: ChatEvent[] = [];
  readonly done: Promise<void>;

  constructor(chat: Chat) {
    this.done = this.#read(chat);
  }

  get messages(): Message[] {
    return this.events.filter((event) => event.type === 'message');
  }

  get texts(): string[] {
    return this.messages.map(({ text }) => text);
  }

  async #read(chat: Chat): Promise<void> {
    for await (const event of chat) this.events.push(event);
  }
}

/** How a promise stands. */
export interface Outcome<T> {
  value?: T;
  error?: unknown;
}

/** Watches a promise without waiting for it. */
export function watch<T>(promise: Promise<T>): Outcome<T> {
  const outcome: Outcome<T> = {};
  promise.then(
    (value) => {
      outcome.value = value;
    },
    (error: unknown) => {
      outcome.error = error;
    },
  );
  return outcome;
}
