import type { Chat } from '@palabre/client';
import { paintFor } from '../terminal/paint.ts';
import type { Where } from '../terminal/where.ts';
import type { JoinFlags } from './command.ts';
import { readTyped } from './commands.ts';
import type { View } from './join.ts';
import type { Outcome } from './prompt.ts';
import type { Seat } from './seat.ts';
import { statusText } from './status.ts';
import { Terminal, wrapsAnew } from './terminal.ts';

/**
 * The prompt is there at once: what is typed while the server is being reached is said when it has been. `stop` is aborted to give that up, `onHangUp`
 * is called when the terminal is gone.
 */
export function inTerminal(
  { address }: Where,
  { bell }: JoinFlags,
  stop: AbortController,
  onHangUp: () => void,
): View {
  const { stdin: input, stdout: output } = process;
  const paint = paintFor(output);
  const inside = Promise.withResolvers<Seat>();
  let seat: Seat | undefined;
  let quit = (): void => stop.abort();
  const onOutcome = (outcome: Outcome): void => {
    if (outcome.type === 'quit') quit();
    else if (outcome.type === 'saidTogether')
      void inside.promise.then((seat) => seat.typing.saidTogether(outcome.lines));
    else if (outcome.type === 'said') {
      const typed = readTyped(outcome.line);
      if (typed?.do === 'quit') quit();
      else if (typed) void inside.promise.then((seat) => seat.typing.typed(typed));
    }
  };
  const terminal = new Terminal({
    ...{ input, output, paint, onOutcome },
    wrapsAnew: wrapsAnew(process.env),
    status: () => (seat ? statusText(seat.status) : `connecting to ${address}`),
    known: () => seat?.known ?? { names: [], rooms: [] },
  });
  // A terminal that is gone takes nothing any more. That it has no more keys either may be known before SIGHUP comes, if that comes at all; Ctrl-D does not
  // end the input here.
  output.on('error', () => {});
  input.on('error', onHangUp).once('end', onHangUp);
  terminal.open();
  return {
    paint,
    ask: (question) => terminal.ask(question),
    stage: {
      print: (lines) => terminal.print(lines),
      refresh: () => terminal.refresh(),
      call: () => {
        if (bell) terminal.ring();
      },
    },
    enter(chat: Chat, entered: Seat) {
      terminal.askNoMore();
      seat = entered;
      inside.resolve(entered);
      quit = () => {
        // Once more does not wait for what is still to be said.
        quit = () => chat.detach();
        void chat.close();
      };
    },
    close: () => terminal.close(),
  };
}
