/** 2.2 and 2.3: what is a name, when two are one, and renaming. */

import { type Check, Failure } from './check.ts';
import type { Scene } from './scene.ts';
import { show } from './transcript.ts';

/** A letter of 4 bytes in UTF-8, alone under NFKC, without capitals. */
const WIDE = '\u{20000}';

/** `name` is let in and announced as typed. */
async function isName(scene: Scene, name: string): Promise<void> {
  await scene.replies(await scene.connect(), `IAM ${name}`, `ARR ${name}`);
}

/** What doesn't hold a control character comes back after ERR; of the rest nothing need be repeated. */
async function isNoName(scene: Scene, asked: string): Promise<void> {
  const peer = await scene.connect();
  peer.say(`IAM ${asked}`);
  const answer = await peer.line(() => true);
  const echoed = !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(asked);
  if (answer && (echoed ? answer.text === `ERR ${asked}` : answer.word === 'ERR')) return;
  throw new Failure(`${peer.label}, for "IAM ${show(asked)}", gets ERR`, peer.describe());
}

/** With `name` present, `twin` is taken. */
async function isTaken(scene: Scene, name: string, twin: string): Promise<void> {
  await isName(scene, name);
  await scene.replies(await scene.connect(), `IAM ${twin}`, `TKN ${twin}`);
}

export const names: readonly Check[] = [
  {
    rule: '2.2',
    level: 'palabre',
    title: 'a name has up to 32 code points and 128 bytes, and is shown as typed',
    async run(scene) {
      await isName(scene, `${scene.fresh()}AnA`);
      await isName(scene, scene.fresh().padEnd(32, 'x'));
      await isName(scene, `${scene.fresh()}é-日本-🌳`);
      await isName(scene, scene.claim(WIDE.repeat(25) + wideDigits(scene.fresh())));
    },
  },
  {
    rule: '2.2',
    level: 'palabre',
    title: 'a name of 33 code points is answered ERR',
    async run(scene) {
      await isNoName(scene, scene.fresh().padEnd(33, 'x'));
      await isNoName(scene, scene.fresh().padEnd(32, 'x') + WIDE);
    },
  },
  {
    rule: '2.2',
    level: 'palabre',
    title: 'white space, control, format and unassigned characters are in no name',
    async run(scene) {
      const inside = ['\t', '\u{a0}', '\u{3000}', '\u{2028}', '\u{1b}', '\u{0}', '\u{7f}', '\u{9b}'];
      const unseen = ['\u{200b}', '\u{200d}', '\u{202e}', '\u{feff}', '\u{e0041}', '\u{378}', '\u{ffff}'];
      for (const character of [...inside, ...unseen]) await isNoName(scene, `${scene.fresh()}${character}x`);
    },
  },
  {
    rule: '2.2',
    level: 'palabre',
    title: 'a name does not begin with @, # or :',
    async run(scene) {
      for (const first of ['@', '#', ':']) await isNoName(scene, first + scene.fresh());
    },
  },
  {
    rule: '2.2',
    level: 'palabre',
    title: 'names that differ in case, width or composition are one name',
    async run(scene) {
      const ana = scene.fresh();
      await isTaken(scene, `${ana}Ana`, `${ana}aNA`);
      const wide = scene.fresh();
      await isTaken(scene, `${wide}ana`, `${wide}\u{ff41}\u{ff4e}\u{ff41}`);
      const accent = scene.fresh();
      await isTaken(scene, `${accent}\u{e9}`, `${accent}E\u{301}`);
    },
  },
  {
    rule: '2.3',
    level: 'palabre',
    title: 'a second IAM renames: the others see LFT and ARR, the one renamed ARR alone',
    async run(scene) {
      const [peer, other] = await scene.members(2);
      const [old, name, text] = [peer.name, scene.fresh(), scene.text('renamed')];
      scene.step();
      scene.answered(peer, `IAM ${name}`, await scene.ask(peer, `IAM ${name}`), [`ARR ${name}`]);
      peer.say(`MSG ${text}`);
      await scene.settle(peer, other);
      const told = other.heard(({ word }) => word !== 'WHO').map((line) => line.text);
      const expected = [`LFT ${old}`, `ARR ${name}`, `MSG ${name} ${text}`];
      if (told.join('\n') !== expected.join('\n'))
        throw new Failure(`${other.label} gets ${expected.join(', ')}`, other.describe());
    },
  },
  {
    rule: '2.3',
    level: 'palabre',
    title: 'the new name is held at once, and the old one free',
    async run(scene) {
      const peer = await scene.enter();
      const [old, name] = [peer.name, scene.fresh()];
      await scene.ask(peer, `IAM ${name}`);
      const third = await scene.connect();
      await scene.replies(third, `IAM ${name}`, `TKN ${name}`);
      await scene.replies(third, `IAM ${old}`, `ARR ${old}`);
    },
  },
  {
    rule: '2.3',
    level: 'palabre',
    title: 'a second IAM refused (TKN, ERR) leaves the old name',
    async run(scene) {
      const [peer, other] = await scene.members(2);
      const asked = `${scene.fresh()} do`;
      const text = scene.text('still-me');
      scene.step();
      const taken = await scene.ask(peer, `IAM ${other.name}`);
      scene.answered(peer, `IAM ${other.name}`, taken, [`TKN ${other.name}`]);
      scene.answered(peer, `IAM ${asked}`, await scene.ask(peer, `IAM ${asked}`), [`ERR ${asked}`]);
      peer.say(`MSG ${text}`);
      await scene.settle(peer, other);
      scene.got(other, `MSG ${peer.name} ${text}`);
      scene.nothing(other, 'LFT or ARR', ({ word }) => word === 'LFT' || word === 'ARR');
    },
  },
  {
    rule: '2.3',
    level: 'palabre',
    title: 'IAM and the name that one has is answered ARR, to the asker alone',
    async run(scene) {
      const [peer, other] = await scene.members(2);
      const line = `IAM ${peer.name}`;
      scene.step();
      scene.answered(peer, line, await scene.ask(peer, line), [`ARR ${peer.name}`]);
      await scene.settle(other);
      scene.nothing(other, 'LFT or ARR', ({ word }) => word === 'LFT' || word === 'ARR');
    },
  },
];

/** The last seven characters of a fresh name, in letters of 4 bytes, so that a name without ASCII is fresh too. */
function wideDigits(fresh: string): string {
  return Array.from(fresh.slice(-7), (digit) =>
    String.fromCodePoint(0x20100 + Number.parseInt(digit, 36)),
  ).join('');
}
