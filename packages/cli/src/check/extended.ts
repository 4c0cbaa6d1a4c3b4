/**
 * What the checks of the extended form (section 3) have in common: connections that have asked for it, and lines with tags.
 *
 * Each looks only at the tags that its rule is about, and knows a line by what stands after them: a server that never sends
 * `ref` fails 3.3 alone. What rests on another rule (a room, a token, a receipt) and does not get it throws {@link Unchecked}.
 */
import { Failure, Skipped, Unchecked, Unreachable } from './check.ts';
import type { Line, Peer } from './peer.ts';
import type { Scene } from './scene.ts';
import { tagValue } from './tags.ts';
import { show } from './transcript.ts';

/** The tags that a line is to have: this value, one like this, or (`undefined`) none of that key. */
export type Wanted = Readonly<Record<string, string | RegExp | undefined>>;

/** A new connection that the server has answered EXT. {@link Skipped} on a server that does not: it is asked once in a run. */
export async function connect(scene: Scene): Promise<Peer> {
  const { habits } = scene;
  if (typeof habits.extended === 'string') throw new Skipped(habits.extended);
  const peer = await scene.connect();
  peer.say('EXT');
  const answer = await peer.line(() => true);
  if (answer?.word === 'EXT') {
    habits.extended = true;
    peer.step();
    return peer;
  }
  if (peer.over) throw new Unreachable(`after "EXT" came ${peer.describe()}`);
  if (habits.extended) throw new Unchecked(`"EXT" was answered ${peer.describe()}`);
  const came = answer?.text === 'WHO' ? 'WHO' : peer.describe();
  habits.extended = `the server answers EXT with ${came}: it speaks the nine words alone`;
  throw new Skipped(habits.extended);
}

/** {@link Skipped} on a server of the nine words alone; for checks that go on in the plain form. */
export async function speaks(scene: Scene): Promise<void> {
  if (scene.habits.extended !== true) await connect(scene);
}

/** A new member in the extended form. */
export async function enter(scene: Scene, name = scene.fresh()): Promise<Peer> {
  const peer = await connect(scene);
  await scene.identify(peer, name);
  return peer;
}

/** The token that came when this member entered (3.7). */
export function tokenOf(member: Peer): string {
  const token = member.lines.find(({ body, tags }) => body === `ARR ${member.name}` && tags.has('token'));
  if (!token) throw new Unchecked(`${member.label} was given no token`);
  return tagValue(token.tags.get('token') ?? '');
}

/** One more connection of that member (3.7), which has been answered ARR. `more`: further tags. */
export async function join(scene: Scene, member: Peer, more = ''): Promise<Peer> {
  const peer = await connect(scene);
  peer.say(`@token=${tokenOf(member)}${more} IAM ${member.name}`);
  const answer = await peer.line(({ word }) => word === 'ARR' || word === 'TKN' || word === 'ERR');
  if (answer?.word !== 'ARR') throw new Unchecked(`with its token ${member.label} got ${peer.describe()}`);
  peer.name = member.name;
  return peer;
}

/** Enters a room (3.8). */
export async function visit(peer: Peer, room: string): Promise<void> {
  peer.step();
  peer.say(`@room=${room} IAM ${peer.name}`);
  const answer = await peer.line(({ body, word }) => body === `ARR ${peer.name}` || word === 'ERR');
  if (answer?.word !== 'ARR') throw new Unchecked(`nobody could enter the room "${room}"`);
  peer.step();
}

/** Says `head` (`MSG`, `PRV name`, with tags or without) and `text`, and returns the receipt (3.4), whose id is a number. */
export async function say(peer: Peer, head: string, text: string): Promise<Line & { readonly id: number }> {
  const word = /(?:^| )(MSG|PRV)/.exec(head)?.[1];
  const from = peer.lines.length;
  peer.say(`${head} ${text}`);
  const isReceipt = ({ body, tags }: Line) => body === `${word} ${peer.name} ${text}` && tags.has('id');
  const line = await peer.line(isReceipt, from);
  if (!line) throw new Unchecked(`no receipt came for "${show(head)} ${show(text)}"`);
  return { ...line, id: Number(line.tags.get('id')) };
}

/** Waits for a line of this body and these tags since the last step; without it the rule fails. */
export async function gets(peer: Peer, body: string, tags: Wanted = {}): Promise<Line> {
  const line = await peer.line((line) => line.body === body && carries(line, tags));
  if (line) return line;
  throw new Failure(`${peer.label} gets "${format(tags)}${show(body)}"`, peer.describe());
}

/** `lines`, which `peer` got, are these, whatever their tags. */
export function inOrder(peer: Peer, lines: readonly Line[], bodies: readonly string[]): void {
  if (lines.length === bodies.length && lines.every(({ body }, i) => body === bodies[i])) return;
  const list = (texts: readonly string[]) => texts.map((text) => `"${show(text)}"`).join(', ') || 'nothing';
  throw new Failure(`${peer.label} gets ${list(bodies)}`, list(lines.map(({ text }) => text)));
}

export function carries({ tags }: Line, wanted: Wanted): boolean {
  return Object.entries(wanted).every(([key, value]) => {
    const tag = tags.get(key);
    return value instanceof RegExp ? tag !== undefined && value.test(tag) : tag === value;
  });
}

/** `@id=…;old `, and `(no ref)` where there is to be none. */
function format(wanted: Wanted): string {
  const tags = Object.entries(wanted).map(([key, value]) => {
    if (value === undefined) return `(no ${key})`;
    if (value instanceof RegExp) return `${key}=…`;
    return value === '' ? key : `${key}=${value}`;
  });
  return tags.length > 0 ? `@${tags.join(';')} ` : '';
}
