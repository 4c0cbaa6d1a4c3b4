import { type Chat, KeyNeeded } from '@palabre/client';
import { complain } from '../terminal/complain.ts';
import { enter } from '../terminal/entering.ts';
import { explain } from '../terminal/explain.ts';
import { keyOf } from '../terminal/key.ts';
import { Memory } from '../terminal/memory.ts';
import type { Place } from '../terminal/place.ts';
import { type Where, whereAndWho } from '../terminal/where.ts';
import type { JoinFlags } from './command.ts';
import { inLines } from './in-lines.ts';
import { inTerminal } from './in-terminal.ts';
import { Seat, type SeatOptions } from './seat.ts';

/** What people see and type through. */
export interface View extends Pick<SeatOptions, 'paint' | 'stage'> {
  /** Asks for what nobody is to see; absent where nobody can be asked. */
  readonly ask?: (question: string) => Promise<string>;
  /** One is inside. Called once. */
  readonly enter: (chat: Chat, seat: Seat) => void;
  /** Gives everything back as it was. Called once, whatever happened. */
  readonly close: () => void;
}

/** `palabre join`. Resolves with the exit status, when the chat has been left or can't be entered. */
export async function join(place: Place | undefined, flags: JoinFlags): Promise<number> {
  const memory = new Memory();
  const where = whereAndWho(
    { server: place?.address, as: flags.as, key: place?.key ?? keyOf(flags) },
    memory,
  );
  const stop = new AbortController();
  // The terminal is gone: the server keeps our place for a while, and another `palabre join` takes it.
  let hangUp = (): void => stop.abort();
  const onHangUp = (): void => hangUp();
  process.once('SIGHUP', onHangUp).once('SIGTERM', onHangUp);
  const terminal = process.stdin.isTTY && process.stdout.isTTY;
  const view = terminal ? inTerminal(where, flags, stop, onHangUp) : inLines(stop);
  let failure: unknown;
  let unkept: unknown;
  let undone = 0;
  try {
    const chat = await enterAsked(where, view, stop.signal);
    hangUp = () => chat.detach();
    let room = flags.room ?? place?.room ?? where.room;
    let name = where.name;
    const keep = (): void => {
      try {
        memory.keep({ address: where.address, name: chat.name, room, session: chat.session }, name);
        name = chat.name;
      } catch (error) {
        unkept ??= error;
      }
    };
    const seat = new Seat(chat, {
      ...{ where, room, paint: view.paint, stage: view.stage },
      keep: (now) => {
        room = now;
        keep();
      },
    });
    view.enter(chat, seat);
    failure = await seat.run();
    // At a terminal somebody has seen it, and has perhaps typed it again.
    if (!terminal) undone = seat.typing.undone;
    keep();
  } catch (error) {
    if (!stop.signal.aborted) failure = error;
  }
  view.close();
  if (unkept) complain(`this visit can't be remembered: ${explain(unkept, where.address)}`, 1);
  if (failure) return complain(explain(failure, where.address), 1);
  if (undone === 0) return 0;
  const lines = undone === 1 ? '1 line was' : `${undone} lines were`;
  return complain(`${lines} not said or done, or nobody can tell: what was printed says which`, 1);
}

/** Enters, asking for the key where the server wants one and there is somebody to ask, until it is the right one. */
async function enterAsked(where: Where, { ask }: View, signal: AbortSignal): Promise<Chat> {
  for (let { key } = where; ; ) {
    try {
      return await enter({ ...where, key }, signal);
    } catch (error) {
      if (!(error instanceof KeyNeeded) || !ask) throw error;
      const asked = ask(
        key === undefined ? `${where.address} asks for its password` : 'that is not the password',
      );
      const given = await abortable(asked, signal);
      key = given === '' ? undefined : given;
    }
  }
}

/** Rejects as soon as the signal is aborted. */
async function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
