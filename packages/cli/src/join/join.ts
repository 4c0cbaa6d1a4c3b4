import type { Chat } from '@palabre/client';
import { complain } from '../terminal/complain.ts';
import { enter } from '../terminal/entering.ts';
import { explain } from '../terminal/explain.ts';
import { Memory } from '../terminal/memory.ts';
import { whereAndWho } from '../terminal/where.ts';
import type { JoinFlags } from './command.ts';
import { inLines } from './in-lines.ts';
import { inTerminal } from './in-terminal.ts';
import { Seat, type SeatOptions } from './seat.ts';

/** What people see and type through. */
export interface View extends Pick<SeatOptions, 'paint' | 'stage'> {
  /** One is inside. Called once. */
  readonly enter: (chat: Chat, seat: Seat) => void;
  /** Gives everything back as it was. Called once, whatever happened. */
  readonly close: () => void;
}

/** `palabre join`. Resolves with the exit status, when the chat has been left or can't be entered. */
export async function join(address: string | undefined, flags: JoinFlags): Promise<number> {
  const memory = new Memory();
  const where = whereAndWho({ server: address, as: flags.as }, memory);
  const stop = new AbortController();
  const terminal = process.stdin.isTTY && process.stdout.isTTY;
  const view = terminal ? inTerminal(where, flags, stop) : inLines(stop);
  // The terminal is gone: the server keeps our place for a while, and another `palabre join` takes it.
  let hangUp = (): void => stop.abort();
  process.once('SIGHUP', () => hangUp()).once('SIGTERM', () => hangUp());
  let failure: unknown;
  let unkept: unknown;
  try {
    const chat = await enter(where, stop.signal);
    hangUp = () => chat.detach();
    let room = flags.room ?? where.room;
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
    keep();
  } catch (error) {
    if (!stop.signal.aborted) failure = error;
  }
  view.close();
  if (unkept) complain(`this visit can't be remembered: ${explain(unkept, where.address)}`, 1);
  return failure ? complain(explain(failure, where.address), 1) : 0;
}
