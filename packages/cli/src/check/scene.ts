import { randomBytes } from 'node:crypto';
import type { Address } from '../address.ts';
import { Failure, Unchecked, Unreachable } from './check.ts';
import { type Line, Peer } from './peer.ts';
import { show, Transcript } from './transcript.ts';

/** A line said only so that its answer proves that everything before it has had its effect. */
type Fence = 'WHO' | 'PRV';

/**
 * What the kit has learnt of this server, so that one broken rule costs one deadline and not one in every check.
 * Each is taken for granted until it once fails.
 */
export type Habits = {
  /** It says WHO to a new connection (1.1). */
  greets: boolean;
  /** It says ARR to the newcomer (1.5). */
  tellsNewcomer: boolean;
  /** It answers WHO (1.6), and PRV to nobody (1.9). */
  readonly fences: Set<Fence>;
  /** It answers EXT (3.2); a text: why what concerns the extended form is skipped; `undefined`: not asked yet. */
  extended?: true | string;
  /** It keeps what is said (3.9); likewise. */
  keeps?: true | string;
};

export function freshHabits(): Habits {
  return { greets: true, tellsNewcomer: true, fences: new Set<Fence>(['WHO', 'PRV']) };
}

export type SceneOptions = {
  readonly address: Address;
  /** What the server asks for of those who enter (3.13). */
  readonly key?: string | undefined;
  /** The deadline for one expected line, ms. */
  readonly timeoutMs: number;
  readonly habits: Habits;
};

/**
 * The stage of one check: its connections, its fresh names and texts, and the questions that a check asks.
 *
 * Every check judges one rule and leans on the others as little as it can:
 * - Whatever comes besides the line waited for is no fault, unless the check forbids it in so many words.
 * - That a line does not come is proved by a {@link fence}, whatever the fence's own answer looks like. If there is
 *   none, that is another rule's fault, and the deadline serves.
 * - A peer says its next line only when the one before has had an effect, so that a server that takes a segment for a
 *   line fails rule 1.0 alone. (Checks of Palabre's own rules needn't be so careful.)
 */
export class Scene {
  readonly transcript = new Transcript();
  readonly #options: SceneOptions;
  readonly #mark = `k${randomBytes(3).toString('hex')}`;
  readonly #marks = [this.#mark];
  readonly #peers: Peer[] = [];
  #names = 0;

  constructor(options: SceneOptions) {
    this.#options = options;
  }

  get peers(): readonly Peer[] {
    return this.#peers;
  }

  get habits(): Habits {
    return this.#options.habits;
  }

  /** The server asks for a key, and the kit has it (3.13). */
  get hasKey(): boolean {
    return this.#options.key !== undefined;
  }

  /** A name that nobody has, of 8 or 9 ASCII letters and digits. Every name and text of a scene holds its mark. */
  fresh(): string {
    return `${this.#mark}${(10 + this.#names++).toString(36)}`;
  }

  /** A text that nobody else says: one word, unless `rest` has spaces. */
  text(rest: string): string {
    return `${this.#mark}-${rest}`;
  }

  /** Lines with `mark` in them are this scene's business too. */
  claim(mark: string): string {
    this.#marks.push(mark);
    return mark;
  }

  /** A new connection that has said nothing, after its WHO. */
  async connect(): Promise<Peer> {
    const { address, key, timeoutMs, habits } = this.#options;
    const label = letter(this.#peers.length);
    const isNoise = (text: string) => this.#isNoise(text);
    const peer = await Peer.connect({
      address,
      key,
      label,
      timeoutMs,
      transcript: this.transcript,
      isNoise,
    }).catch((error: Error) => {
      throw new Unreachable(`cannot connect: ${error.message}`);
    });
    this.#peers.push(peer);
    if (habits.greets && !(await peer.line(({ word }) => word === 'WHO'))) habits.greets = false;
    peer.step();
    return peer;
  }

  /** A new connection, identified under a fresh name or the one given. */
  async enter(name = this.fresh()): Promise<Peer> {
    const peer = await this.connect();
    await this.identify(peer, name);
    return peer;
  }

  /** Says IAM and waits until it is done, by ARR or by a fence. That ARR comes is rule 1.5's to judge. */
  async identify(peer: Peer, name: string): Promise<void> {
    const { habits } = this.#options;
    const from = peer.lines.length;
    peer.say(`IAM ${name}`);
    if (habits.tellsNewcomer) {
      const isAnswer = ({ body, word }: Line) => body === `ARR ${name}` || word === 'ERR' || word === 'TKN';
      const answer = await peer.line(isAnswer, from);
      if (answer && answer.word !== 'ARR')
        throw new Unchecked(`"IAM ${show(name)}" was answered "${show(answer.text)}", so nobody could enter`);
      if (!answer) habits.tellsNewcomer = false;
    }
    peer.name = name;
    if (!habits.tellsNewcomer && !(await this.fence(peer)))
      throw new Unreachable(`after "IAM ${show(name)}" came ${peer.describe()}`);
    peer.step();
  }

  /** From here on, for every peer. */
  step(): void {
    for (const peer of this.#peers) peer.step();
  }

  /**
   * Returns once what `peer` said has had its effect and what it was to get before has come: it asks something and
   * waits for the answer. False if no answer came until the deadline.
   */
  async fence(peer: Peer, ...kinds: Fence[]): Promise<boolean> {
    return (await this.#fence(peer, kinds)) !== undefined;
  }

  /** {@link fence} for each in turn: what the first said has reached the others. */
  async settle(...peers: readonly Peer[]): Promise<void> {
    for (const peer of peers) await this.fence(peer);
  }

  /** `count` members, each of whom has been told of every other: no ARR is still on its way. */
  async members(count: 1): Promise<[Peer]>;
  async members(count: 2): Promise<[Peer, Peer]>;
  async members(count: number): Promise<Peer[]> {
    const peers: Peer[] = [];
    while (peers.length < count) peers.push(await this.enter());
    // The last one's answer shows that all were told of it, theirs that it has come.
    await this.settle(...peers.toReversed());
    this.step();
    return peers;
  }

  /** Says a line and returns the lines that came for it: all before the answer to the fence that follows it. */
  async answers(peer: Peer, line: string | Uint8Array, ...kinds: Fence[]): Promise<Line[]> {
    peer.step();
    const from = peer.lines.length;
    peer.say(line);
    const answer = await this.#fence(peer, kinds);
    return peer.heard((heard) => heard !== answer, from);
  }

  /** {@link answers}, as they came. */
  async ask(peer: Peer, line: string | Uint8Array, ...kinds: Fence[]): Promise<string[]> {
    return (await this.answers(peer, line, ...kinds)).map(({ text }) => text);
  }

  /** Says a line; the first line that comes for it, within the deadline, is exactly `expected`. */
  async replies(peer: Peer, line: string, expected: string): Promise<void> {
    peer.step();
    peer.say(line);
    const answer = await peer.line(() => true);
    if (answer?.text === expected) return;
    throw new Failure(
      `${peer.label}, for "${show(line)}", gets "${show(expected)}"`,
      answer ? `"${show(answer.text)}"` : peer.describe(),
    );
  }

  /** Waits for exactly this line since the last step; without it the rule fails. */
  async gets(peer: Peer, text: string): Promise<void> {
    if (!(await peer.line((line) => line.text === text))) this.#fail(peer, text);
  }

  /** Like {@link gets}, of what has come by now (after a {@link settle}). */
  got(peer: Peer, text: string): void {
    if (peer.heard((line) => line.text === text).length === 0) this.#fail(peer, text);
  }

  /** Exactly this line came once since the last step, not twice. */
  once(peer: Peer, text: string): void {
    this.got(peer, text);
    const times = peer.heard((line) => line.text === text).length;
    if (times > 1)
      throw new Failure(`${peer.label} gets "${show(text)}" once`, `${times} times "${show(text)}"`);
  }

  /** No line since the last step is one that `match` accepts; `what` names such a line. */
  nothing(peer: Peer, what: string, match: (line: Line) => boolean): void {
    const [line] = peer.heard(match);
    if (line) throw new Failure(`${peer.label} gets no ${what}`, `"${show(line.text)}"`);
  }

  /** The lines that `ask` returned are exactly these. */
  answered(
    peer: Peer,
    said: string | Uint8Array,
    lines: readonly string[],
    expected: readonly string[],
  ): void {
    if (lines.length === expected.length && lines.every((line, i) => line === expected[i])) return;
    const list = (texts: readonly string[]) => texts.map((text) => `"${show(text)}"`).join(', ') || 'nothing';
    throw new Failure(`${peer.label}, for "${show(said)}", gets ${list(expected)}`, list(lines));
  }

  /** Everybody leaves. The connections end by themselves, or when the run is over. */
  close(): void {
    for (const peer of this.#peers) peer.leave();
  }

  async #fence(peer: Peer, kinds: readonly Fence[]): Promise<Line | undefined> {
    const { fences } = this.#options.habits;
    if (peer.name === '') return this.#strangersFence(peer);
    for (const kind of kinds.length > 0 ? kinds : [...fences]) {
      if (!fences.has(kind)) continue;
      const from = peer.lines.length;
      peer.say(kind === 'WHO' ? 'WHO' : `PRV ${this.fresh()} ${this.text('fence')}`);
      const word = kind === 'WHO' ? 'WHO' : 'ERR';
      const answer = await peer.line((line) => line.word === word, from);
      if (answer || peer.over) return answer;
      fences.delete(kind);
    }
    await peer.until(() => undefined);
    return undefined;
  }

  /** Before IAM anything may be answered WHO; what is asked in vain by IAM comes back by name (1.3). */
  #strangersFence(peer: Peer): Promise<Line | undefined> {
    const asked = `${this.fresh()} fence`;
    const from = peer.lines.length;
    peer.say(`IAM ${asked}`);
    return peer.line(({ text }) => text.includes(asked), from);
  }

  #fail(peer: Peer, text: string): never {
    throw new Failure(`${peer.label} gets "${show(text)}"`, peer.describe());
  }

  /** Others may be present: what they do is told in lines without our mark. */
  #isNoise(text: string): boolean {
    return /^(@\S+ )?(ARR|LFT|MSG) /.test(text) && !this.#marks.some((mark) => text.includes(mark));
  }
}

/** A, B, … Z, A1, B1 … */
function letter(index: number): string {
  const round = Math.floor(index / 26);
  return String.fromCharCode(65 + (index % 26)) + (round === 0 ? '' : round);
}
