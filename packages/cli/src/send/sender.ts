import type { Chat } from '@palabre/client';
import { remark } from '../terminal/complain.ts';
import { enter } from '../terminal/entering.ts';
import { explain } from '../terminal/explain.ts';
import type { Where } from '../terminal/where.ts';
import type { InputLine } from './input.ts';
import { Pipeline } from './pipeline.ts';

/** How long a good-bye may take, in ms. */
const GOODBYE_MS = 2000;

/** How many lines may wait for their receipts: some times those that are under way (3.6), and fewer than the client library's limit. */
const MOST_WAITING = 512;

export interface SenderOptions {
  readonly where: Where;
  readonly room: string | undefined;
  /** Whom it is for alone. */
  readonly to: string | undefined;
  /** How long to go without an answer of the server's. */
  readonly timeoutMs: number;
  /** Gives up. Aborted from here where the chat is over or the server silent for too long. */
  readonly stop: AbortController;
  /** Something was not said, or nobody can tell. No `line`: it is not known which. */
  readonly onFailure: (sentence: string, line?: InputLine) => void;
}

/** In the chat, to say lines in it. */
export class Sender {
  readonly #options: SenderOptions;
  readonly #chat: Chat;
  readonly #lines: Pipeline;
  /** It came back as somebody who is there already, and is not to be seen off. */
  #shared = false;
  /** The server has heard our good-bye, and so everything before it. */
  #heardOut = false;
  readonly #over: Promise<void>;
  #finished: Promise<void> | undefined;

  private constructor(chat: Chat, options: SenderOptions) {
    const { room, to, timeoutMs, where, onFailure, stop } = options;
    const place = room === undefined ? chat : chat.room(room);
    this.#options = options;
    this.#chat = chat;
    this.#lines = new Pipeline({
      say: (text, cont) => (to === undefined ? place.say(text, { cont }) : chat.whisper(to, text, { cont })),
      limit: MOST_WAITING,
      silenceMs: timeoutMs,
      onSilence: () =>
        stop.abort(new Error(`no receipt for ${timeoutMs / 1000} s: --timeout SECONDS waits longer`)),
      onFailure: (line, error) => onFailure(explain(error, where.address), line),
    });
    this.#over = this.#attend();
  }

  /** Enters the chat, and the room. Tries for `timeoutMs`; throws what `connect` throws. */
  static async enter(options: SenderOptions): Promise<Sender> {
    const { where, room, timeoutMs, stop } = options;
    const seconds = timeoutMs / 1000;
    const chat = await enter(where, stop.signal, {
      forMs: timeoutMs,
      onFailure: (error) => remark(`${explain(error, where.address)}; trying again for ${seconds} s`),
    });
    const sender = new Sender(chat, options);
    stop.signal.addEventListener('abort', () => void sender.finish(), { once: true });
    try {
      const late = AbortSignal.any([stop.signal, AbortSignal.timeout(timeoutMs)]);
      if (room !== undefined) await chat.room(room).enter({ signal: late });
    } catch (error) {
      await sender.finish();
      throw error;
    }
    return sender;
  }

  async say(line: InputLine): Promise<void> {
    await this.#lines.add(line);
  }

  /** Resolves when every line has been answered. */
  async answered(): Promise<void> {
    await this.#lines.done();
  }

  /** Leaves, as somebody who comes and goes; or just hangs up where it was somebody who is there. */
  async finish(): Promise<void> {
    this.#finished ??= this.#leave();
    await this.#finished;
  }

  async #leave(): Promise<void> {
    if (this.#shared) this.#chat.detach();
    else await this.#chat.close({ withinMs: GOODBYE_MS });
    await this.#over;
    await this.#lines.done();
    if (!this.#chat.promises.receipts && !this.#heardOut) {
      this.#options.onFailure(
        'this server gives no receipts, and did not answer the good-bye: nobody can tell what it has heard',
      );
    }
  }

  /** Follows what becomes of the line. */
  async #attend(): Promise<void> {
    const { stop, onFailure } = this.#options;
    let before = false;
    for await (const event of this.#chat) {
      if (event.type === 'left' && event.own && event.room === undefined) this.#heardOut = true;
      else if (event.type === 'refused')
        onFailure(
          `the server refused a line${event.why ? `: ${event.why}` : ': nobody of that name is here, perhaps'}`,
        );
      else if (event.type === 'gap' && !this.#chat.promises.receipts)
        onFailure('the line was lost, and this server gives no receipts: some lines may not have been said');
      else if (event.type === 'line' && event.state === 'connected') {
        if (before) remark('back');
        else this.#shared = event.resumed;
        before = true;
      } else if (event.type === 'line' && event.state === 'offline') remark('the line is lost; trying again');
      else if (event.type === 'line' && event.state === 'closed' && event.error) stop.abort(event.error);
    }
  }
}
