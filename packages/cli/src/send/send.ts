import { addAbortSignal } from 'node:stream';
import { complain } from '../terminal/complain.ts';
import { explain } from '../terminal/explain.ts';
import { keyOf } from '../terminal/key.ts';
import { Memory } from '../terminal/memory.ts';
import { asDevice, whereAndWho } from '../terminal/where.ts';
import type { SendFlags } from './command.ts';
import { type InputLine, inputLines, textLines } from './input.ts';
import { Sender } from './sender.ts';

/** How many lines that were not said are named; the others are counted. */
const MOST_NAMED = 5;

/** `palabre send`: says `text`, or standard input. Resolves with the exit status. */
export async function send(text: string | undefined, flags: SendFlags): Promise<number> {
  if (text !== undefined && textLines(text).length === 0)
    return complain('there is nothing to say: TEXT is empty', 2);
  const stop = new AbortController();
  let failures = 0;
  let interrupted = 0;
  const onFailure = (sentence: string, line?: InputLine): void => {
    if (++failures > MOST_NAMED) return;
    const which = line && text === undefined ? `line ${line.number}: ` : '';
    complain(which + sentence, 1);
  };
  // Only the first: a second one ends the process at once.
  const interrupt = (_: string, signal: number): void => {
    interrupted = 128 + signal;
    stop.abort();
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);

  const where = asDevice(whereAndWho({ ...flags, key: keyOf(flags) }, new Memory()));
  const options = { where, room: flags.room, to: flags.to, timeoutMs: 1000 * flags.timeout, stop, onFailure };
  const batches =
    text === undefined ? inputLines(addAbortSignal(stop.signal, process.stdin)) : [textLines(text)];
  let sender: Sender | undefined;
  try {
    for await (const batch of batches) {
      for (const line of batch) {
        sender ??= await Sender.enter(options);
        await sender.say(line);
        stop.signal.throwIfAborted();
      }
    }
    await sender?.answered();
    await sender?.finish();
  } catch (error) {
    await sender?.finish();
    if (!interrupted) onFailure(explain(stop.signal.aborted ? stop.signal.reason : error, where.address));
  }
  if (failures > MOST_NAMED) complain(`${failures - MOST_NAMED} others were not said`, 1);
  return interrupted || (failures > 0 ? 1 : 0);
}
