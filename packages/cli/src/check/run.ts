import type { Address } from '../address.ts';
import { type Check, Failure, NoServer, type Outcome, Skipped, Unchecked, Unreachable } from './check.ts';
import type { Peer } from './peer.ts';
import { freshHabits, type Habits, Scene } from './scene.ts';

export type RunOptions = {
  readonly address: Address;
  /** What the server asks for of those who enter (3.13). */
  readonly key?: string | undefined;
  /** The deadline for one expected line, ms. */
  readonly timeoutMs: number;
};

/** So many checks in a row that get no answer at all, and the rest is not tried. */
const MOST_UNREACHABLE = 2;

/**
 * Puts every check to the server, one after the other, and yields each outcome as soon as it is known.
 *
 * Throws {@link NoServer} where there is none, and never for what a server does. A server that isn't one of lines, or that stops answering, costs a few
 * deadlines: what is left is then `unchecked`.
 */
export async function* run(checks: readonly Check[], options: RunOptions): AsyncGenerator<Outcome> {
  const habits = freshHabits();
  const peers: Peer[] = [];
  try {
    let hopeless = await reasonToGiveUp(options, habits, peers);
    let unreachable = 0;
    for (const check of checks) {
      if (hopeless !== undefined) {
        yield { ...about(check), result: 'unchecked', reason: hopeless, exchange: [], ms: 0 };
        continue;
      }
      const scene = new Scene({ ...options, habits });
      const { outcome, error } = await judge(check, scene);
      peers.push(...scene.peers);
      unreachable = error instanceof Unreachable ? unreachable + 1 : 0;
      if (unreachable === MOST_UNREACHABLE) hopeless = `the server no longer answers: ${outcome.reason}`;
      yield outcome;
    }
  } finally {
    await Promise.all(peers.map((peer) => peer.ended()));
    for (const peer of peers) peer.destroy();
  }
}

/** Enters once, and says why if nothing comes of it: this is no server of lines, or one that says nothing. */
async function reasonToGiveUp(
  options: RunOptions,
  habits: Habits,
  peers: Peer[],
): Promise<string | undefined> {
  const scene = new Scene({ ...options, habits });
  try {
    await scene.enter();
  } catch (error) {
    if (scene.peers.length === 0 && error instanceof Unreachable) throw new NoServer(error.message);
    if (error instanceof Unreachable) return `this is no server of the nine words: ${error.message}`;
    // Refused, but answered: the checks will say by which rule, unless it is for want of a key.
    if (!(error instanceof Unchecked)) throw error;
    if (await wantsKey(scene))
      return 'the server lets in only those with the right key: --key-file FILE or the variable PALABRE_KEY says it';
  } finally {
    scene.close();
    peers.push(...scene.peers);
  }
  return undefined;
}

// 3.13  In the extended form the server says why.
async function wantsKey(scene: Scene): Promise<boolean> {
  const peer = await scene.connect();
  peer.say('EXT');
  peer.say(`@ref=key IAM ${scene.fresh()}`);
  const answer = await peer.line(({ tags }) => tags.get('ref') === 'key');
  return answer?.tags.get('why') === 'key';
}

async function judge(check: Check, scene: Scene): Promise<{ outcome: Outcome; error: unknown }> {
  const start = performance.now();
  let error: unknown;
  try {
    await check.run(scene);
  } catch (thrown) {
    error = thrown;
  }
  scene.close();
  const known = { ...about(check), exchange: scene.transcript.toArray(), ms: performance.now() - start };
  return { outcome: { ...known, ...verdict(check, error) }, error };
}

function verdict({ level }: Check, error: unknown): Pick<Outcome, 'result' | 'expected' | 'came' | 'reason'> {
  if (error === undefined) return { result: 'holds' };
  if (error instanceof Failure)
    return {
      result: level === 'must' ? 'fails' : 'differs',
      expected: error.expected,
      came: error.came,
    };
  if (error instanceof Skipped) return { result: 'skipped', reason: error.message };
  if (error instanceof Unchecked) return { result: 'unchecked', reason: error.message };
  throw error;
}

function about({ rule, level, title }: Check): Pick<Check, 'rule' | 'level' | 'title'> {
  return { rule, level, title };
}
