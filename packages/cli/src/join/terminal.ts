/** The terminal itself: keys in, bytes out. What they mean is in `prompt.ts`, what they come to in `screen.ts`. */
import { emitKeypressEvents, type Key } from 'node:readline';
import type { ReadStream, WriteStream } from 'node:tty';
import type { Paint } from '../terminal/paint.ts';
import type { Known } from './completing.ts';
import { EMPTY } from './editor.ts';
import { type Action, Keys } from './keys.ts';
import { crop, layOut } from './layout.ts';
import { act, BEGINNING, type Outcome, type Prompt, question } from './prompt.ts';
import { type Drawn, type Glass, update, wipe } from './screen.ts';
import { bar } from './status.ts';

const PROMPT = '> ';
const SECRET_PROMPT = 'password: ';
/** A terminal marks what is pasted. */
const [MARK_PASTES, NO_MARKS] = ['\x1b[?2004h', '\x1b[?2004l'];
const CLEAR = '\x1b[H\x1b[2J';
const BELL = '\x07';
/** Whoever has been stopped for Ctrl-Z is stopped by then, in ms. */
const STOPPED_MS = 100;
const NOBODY_KNOWN: Known = { names: [], rooms: [] };

export interface TerminalOptions {
  readonly input: ReadStream;
  readonly output: WriteStream;
  readonly paint: Paint;
  /** It breaks lines anew when it is resized. */
  readonly wrapsAnew: boolean;
  readonly status: () => string;
  readonly known: () => Known;
  readonly onOutcome: (outcome: Exclude<Outcome, { type: 'redraw' | 'suspend' }>) => void;
}

/** Something is asked that nobody is to see; what was being typed waits. */
interface Secret {
  readonly question: string;
  prompt: Prompt;
  readonly answer: (typed: string) => void;
}

export class Terminal {
  readonly #options: TerminalOptions;
  readonly #keys = new Keys();
  #prompt: Prompt = BEGINNING;
  #secret: Secret | undefined;
  #drawn: Drawn | undefined;
  #lines: string[] = [];
  #ring = false;
  #scheduled = false;
  #open = false;
  #ignored: NodeJS.Timeout | undefined;

  constructor(options: TerminalOptions) {
    this.#options = options;
  }

  /** Takes over the terminal. */
  open(): void {
    const { input, output } = this.#options;
    emitKeypressEvents(input);
    input.on('keypress', this.#keypress);
    output.on('resize', this.#draw);
    this.#takeOver();
    this.#draw();
  }

  /** Gives it back as it was, with everything printed in its scroll-back. */
  close(): void {
    const { input, output } = this.#options;
    this.#comeBack();
    this.#draw();
    this.#giveBack();
    input.off('keypress', this.#keypress);
    output.off('resize', this.#draw);
  }

  /**
   * Asks in place of the status, and resolves to what is typed up to Enter: unseen, and not to be had by Up. Nothing is seen of what is typed after it
   * either, which may be another try, until `askNoMore`.
   */
  ask(question: string): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    this.#secret = { question, prompt: BEGINNING, answer: resolve };
    this.refresh();
    return promise;
  }

  askNoMore(): void {
    this.#secret = undefined;
    this.refresh();
  }

  print(lines: readonly string[]): void {
    this.#lines.push(...lines);
    this.refresh();
  }

  /** Draws what has changed, once for all that changes in this turn. */
  refresh(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(this.#draw);
  }

  ring(): void {
    this.#ring = true;
    this.refresh();
  }

  readonly #keypress = (text: string | undefined, key: Key): void => {
    const action = this.#keys.read(text, key);
    if (!action) return;
    const outcome = this.#act(action);
    this.refresh();
    if (outcome?.type === 'redraw') this.#clear();
    else if (outcome?.type === 'suspend') this.#suspend();
    else if (outcome) this.#options.onOutcome(outcome);
  };

  #act(action: Action): Outcome | undefined {
    const secret = this.#secret;
    if (!secret) {
      const { prompt, outcome } = act(this.#prompt, action, this.#options.known());
      this.#prompt = prompt;
      return outcome;
    }
    const { prompt, outcome } = act(secret.prompt, action, NOBODY_KNOWN);
    secret.prompt = prompt;
    if (outcome?.type !== 'said' && outcome?.type !== 'saidTogether') return outcome;
    secret.prompt = BEGINNING;
    secret.answer(outcome.type === 'said' ? outcome.line : (outcome.lines[0] ?? ''));
    return undefined;
  }

  readonly #draw = (): void => {
    this.#scheduled = false;
    if (!this.#open) return;
    const { output, paint, status } = this.#options;
    const glass = this.#glass;
    const secret = this.#secret;
    const { prompt } = secret ?? { prompt: this.#prompt };
    const { text, cursor } = secret ? EMPTY : prompt.editor;
    const above = bar(question(prompt) ?? secret?.question ?? status(), glass.columns, paint);
    const before = secret ? SECRET_PROMPT : PROMPT;
    // A terminal that does not know its size says 0.
    const line = crop(layOut(before, text, cursor, glass.columns), (output.rows || 24) - 2);
    const block = { bar: above, line };
    const bytes = update(this.#drawn, this.#lines, block, glass);
    this.#drawn = { block, columns: glass.columns };
    this.#lines = [];
    output.write(this.#ring ? bytes + BELL : bytes);
    this.#ring = false;
  };

  get #glass(): Glass {
    const { output, wrapsAnew } = this.#options;
    return { columns: output.columns || 80, wrapsAnew };
  }

  #clear(): void {
    this.#drawn = undefined;
    this.#options.output.write(CLEAR);
  }

  #takeOver(): void {
    const { input, output } = this.#options;
    this.#open = true;
    input.setRawMode(true);
    input.resume();
    output.write(MARK_PASTES);
  }

  #giveBack(): void {
    const { input, output } = this.#options;
    output.write(wipe(this.#drawn, this.#glass) + NO_MARKS);
    this.#drawn = undefined;
    this.#open = false;
    input.setRawMode(false);
    input.pause();
  }

  /**
   * As the terminal itself would for Ctrl-Z, to our whole process group: the shell is back only when those have stopped too who started us (npx). Where there
   * is no shell to go back to (we are the command of an ssh or a tmux) the system stops nobody, and no SIGCONT will come: a timer takes over again. Who is
   * stopped runs none.
   */
  #suspend(): void {
    this.#giveBack();
    process.on('SIGCONT', this.#comeBack);
    this.#ignored = setTimeout(this.#comeBack, STOPPED_MS);
    process.kill(0, 'SIGTSTP');
  }

  readonly #comeBack = (): void => {
    process.off('SIGCONT', this.#comeBack);
    clearTimeout(this.#ignored);
    if (this.#open) return;
    this.#takeOver();
    this.#draw();
  };
}

/**
 * Whether this terminal breaks lines anew when its width changes. Nearly all do; those that do not cut them off, and would lose a row or two of what
 * was said to a wiping that counts on it.
 */
export function wrapsAnew({ TERM, TMUX, STY, XTERM_VERSION }: NodeJS.ProcessEnv): boolean {
  if (TMUX !== undefined) return true;
  return TERM !== 'linux' && STY === undefined && XTERM_VERSION === undefined;
}
