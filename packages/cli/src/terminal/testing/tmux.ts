/** Real terminals: panes of a tmux that nobody looks at, one server a test. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Account, PALABRE } from './program.ts';
import { until } from './until.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export class Tmux implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'palabre-tmux-'));
  readonly #accounts: Account[] = [];

  /** A terminal in which `palabre` runs with these arguments. */
  open(name: string, args: readonly string[], size?: Size): Pane {
    const script = `${[...this.#palabre(), ...args].map(quoted).join(' ')}; echo "ended with $?"; exec cat`;
    const pane = this.#pane(name, ['sh'], size);
    pane.type(`clear; exec sh -c ${quoted(script)}\n`);
    return pane;
  }

  /** A terminal whose only program is `palabre`, as where it is the command of an `ssh -t`: no shell is there to go back to. */
  openAlone(name: string, args: readonly string[]): Pane {
    return this.#pane(name, [...this.#palabre(), ...args]);
  }

  /** A terminal with a shell in it. What is `palabre` there is a script that runs it, as `npx palabre` does. */
  openShell(name: string): Pane {
    const folder = join(this.#folder, `${name}.bin`);
    mkdirSync(folder);
    const script = `#!/bin/sh\n${this.#palabre().map(quoted).join(' ')} "$@"\nexit $?\n`;
    writeFileSync(join(folder, 'palabre'), script, { mode: 0o755 });
    const pane = this.#pane(name, ['sh']);
    pane.say(`PATH=${quoted(folder)}:$PATH; clear`);
    return pane;
  }

  /** What runs it, for somebody of whom nothing is remembered. */
  #palabre(): string[] {
    const account = new Account();
    this.#accounts.push(account);
    const env = Object.entries(account.env).map(([key, value]) => `${key}=${value}`);
    return ['env', '-i', ...env, 'TERM=tmux-256color', 'TMUX=test', process.execPath, PALABRE];
  }

  #pane(name: string, command: readonly string[], { columns, rows }: Size = { columns: 80, rows: 24 }): Pane {
    const pane = new Pane(this, name, join(this.#folder, `${name}.bytes`));
    this.run('new-session', '-d', '-s', name, '-x', String(columns), '-y', String(rows), ...command);
    this.run('pipe-pane', '-t', name, '-o', `cat >> ${quoted(pane.log)}`);
    return pane;
  }

  run(...args: string[]): string {
    return execFileSync('tmux', [...this.#server, ...args], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LANG: 'C.UTF-8' },
    });
  }

  get #server(): string[] {
    return ['-S', join(this.#folder, 'socket'), '-f', '/dev/null', '-u'];
  }

  [Symbol.dispose](): void {
    // Without a terminal left it has ended by itself.
    spawnSync('tmux', [...this.#server, 'kill-server'], { stdio: 'ignore' });
    for (const account of this.#accounts) account[Symbol.dispose]();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export class Pane {
  readonly #tmux: Tmux;
  readonly #name: string;
  /** The file with every byte that was written to the terminal. */
  readonly log: string;

  constructor(tmux: Tmux, name: string, log: string) {
    this.#tmux = tmux;
    this.#name = name;
    this.log = log;
  }

  /** Text as if it were typed. */
  type(text: string): void {
    this.#tmux.run('send-keys', '-t', this.#name, '-l', text);
  }

  /** Keys by their names: `Enter`, `C-a`, `M-b`, `Left`. */
  press(...keys: string[]): void {
    this.#tmux.run('send-keys', '-t', this.#name, ...keys);
  }

  say(text: string): void {
    this.type(text);
    this.press('Enter');
  }

  paste(text: string): void {
    this.#tmux.run('set-buffer', '--', text);
    this.#tmux.run('paste-buffer', '-p', '-t', this.#name);
  }

  resize({ columns, rows }: Size): void {
    this.#tmux.run('resize-window', '-t', this.#name, '-x', String(columns), '-y', String(rows));
  }

  /** As if its window were closed. */
  hangUp(): void {
    this.#tmux.run('kill-session', '-t', this.#name);
  }

  /** What is to be seen, without the empty rows at the end; the times of day as `00:00`. */
  get screen(): string[] {
    return rowsOf(this.#tmux.run('capture-pane', '-p', '-t', this.#name));
  }

  /** The same with all that has scrolled away; what the terminal has wrapped is one line. */
  get everything(): string[] {
    return rowsOf(this.#tmux.run('capture-pane', '-p', '-J', '-S', '-', '-t', this.#name));
  }

  /** The column of the cursor, from 0, and the row that it is in. */
  get cursor(): { readonly column: number; readonly text: string } {
    const at = this.#tmux.run('display-message', '-p', '-t', this.#name, '#{cursor_x} #{cursor_y}');
    const [column = 0, row = 0] = at.trim().split(' ').map(Number);
    return { column, text: this.screen[row] ?? '' };
  }

  get bytes(): string {
    return readFileSync(this.log, 'utf8');
  }

  /** Waits until this is on the screen. */
  async sees(what: string | RegExp): Promise<void> {
    await this.shows((screen) =>
      screen.some((row) => (typeof what === 'string' ? row.includes(what) : what.test(row))),
    );
  }

  /** Waits until the screen is like this. */
  async shows(isRight: (screen: readonly string[]) => boolean): Promise<void> {
    let screen: string[] = [];
    await until(
      () => {
        screen = this.screen;
        return isRight(screen);
      },
      () => `${isRight} is not so on the screen of ${this.#name}:\n${screen.join('\n')}`,
    );
  }
}

function rowsOf(captured: string): string[] {
  const rows = captured.trimEnd().split('\n');
  return rows.map((row) => row.trimEnd().replace(/^\d\d:\d\d(?= )/, '00:00'));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
