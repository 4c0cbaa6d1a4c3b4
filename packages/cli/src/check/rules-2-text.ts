/** 2.6 and 2.7: how long a line may be, and what is text. */

import { type Check, Failure, Unchecked } from './check.ts';
import type { Peer } from './peer.ts';
import type { Scene } from './scene.ts';
import { show } from './transcript.ts';

/** Bytes of a line without its LF. */
const LINE = 4_096;

/** Said as MSG and as PRV, `text` is answered ERR and reaches nobody. */
async function isRefused(scene: Scene, texts: readonly (string | Uint8Array)[]): Promise<void> {
  const [peer, other] = await scene.members(2);
  scene.step();
  for (const text of texts)
    for (const head of ['MSG ', `PRV ${other.name} `]) {
      const line = Buffer.concat([Buffer.from(head + scene.text('a')), Buffer.from(text), Buffer.from('z')]);
      scene.answered(peer, line, await scene.ask(peer, line), [`ERR ${peer.name}`]);
    }
  await scene.settle(other);
  scene.nothing(other, 'MSG or PRV', ({ word }) => word === 'MSG' || word === 'PRV');
}

/** Enters so many people with long names that a list of them is longer than a line, and returns them. */
async function crowd(scene: Scene): Promise<Peer[]> {
  const peers: Peer[] = [];
  for (let bytes = 0; bytes < LINE + 200; ) {
    const name = scene.fresh() + '\u{20000}'.repeat(23);
    peers.push(await scene.enter(name));
    bytes += Buffer.byteLength(name) + 1;
  }
  return peers;
}

export const text: readonly Check[] = [
  {
    rule: '2.6',
    level: 'palabre',
    title: 'a line of 4,096 bytes is accepted',
    async run(scene) {
      const [sender, other] = await scene.members(2);
      const long = scene.text('').padEnd(LINE - 'MSG '.length, 'x');
      scene.step();
      sender.say(`MSG ${long}`);
      await scene.settle(sender, other);
      scene.got(other, `MSG ${sender.name} ${long}`);
    },
  },
  {
    rule: '2.6',
    level: 'palabre',
    title: 'a longer one is discarded up to its LF and answered ERR and one’s own name',
    async run(scene) {
      const [sender, other] = await scene.members(2);
      scene.step();
      for (const bytes of [LINE + 1, 100_000]) {
        const line = `MSG ${scene.text('')}`.padEnd(bytes, 'x');
        scene.answered(sender, line, await scene.ask(sender, line), [`ERR ${sender.name}`]);
      }
      await scene.settle(other);
      scene.nothing(other, 'MSG', ({ word }) => word === 'MSG');
    },
  },
  {
    rule: '2.6',
    level: 'palabre',
    title: 'before IAM a longer one is answered WHO, once, and the connection lives on',
    async run(scene) {
      const stranger = await scene.connect();
      for (const bytes of [LINE + 1, 100_000]) {
        const line = `IAM ${scene.fresh()}`.padEnd(bytes, 'x');
        await scene.replies(stranger, line, 'WHO');
        scene.answered(stranger, 'XYZ', await scene.ask(stranger, 'XYZ'), ['WHO']);
      }
    },
  },
  {
    rule: '2.6',
    level: 'palabre',
    title: 'a long list goes on in further WHO lines of at most 4,096 bytes each',
    async run(scene) {
      const peers = await crowd(scene);
      const [asker] = peers;
      if (!asker) throw new Unchecked('nobody entered');
      scene.step();
      asker.say('WHO');
      const names = () =>
        new Set(asker.heard(({ word }) => word === 'WHO').flatMap((line) => line.text.split(' ')));
      const complete = () => peers.every(({ name }) => names().has(name)) || undefined;
      if (!(await asker.until(complete)))
        throw new Failure(`WHO lines with ${peers.length} names`, asker.describe());
      const long = asker.heard((line) => line.bytes > LINE)[0];
      if (long) throw new Failure(`WHO lines of at most ${LINE} bytes`, `one of ${long.bytes} bytes`);
    },
  },
  {
    rule: '2.7',
    level: 'palabre',
    title: 'a text with control characters is answered ERR and one’s own name, and reaches nobody',
    run: (scene) =>
      isRefused(scene, [
        '\u{0}',
        '\u{7}',
        '\r',
        '\u{1b}[2J',
        '\u{7f}',
        '\u{85}',
        '\u{9b}',
        '\u{2028}',
        '\u{2029}',
      ]),
  },
  {
    rule: '2.7',
    level: 'palabre',
    title: 'so is a text that is not UTF-8',
    run: (scene) =>
      isRefused(scene, [
        Buffer.of(0xe9), // Latin-1
        Buffer.of(0x80), // a lone continuation byte
        Buffer.of(0xc0, 0xaf), // an overlong form
        Buffer.of(0xe2, 0x82), // half a character
        Buffer.of(0xed, 0xa0, 0x80), // a surrogate
        Buffer.of(0xf4, 0x90, 0x80, 0x80), // beyond U+10FFFF
      ]),
  },
  {
    rule: '2.7',
    level: 'palabre',
    title: 'what else there is in Unicode is text',
    async run(scene) {
      const [sender, other] = await scene.members(2);
      for (const rest of [
        '\u{feff}a\u{200d}b',
        '\u{202e}abc',
        '\u{e000}\u{10ffff}\u{fffd}',
        'e\u{301} ﬁ Å',
      ]) {
        const said = scene.text(rest);
        scene.step();
        sender.say(`MSG ${said}`);
        await scene.settle(sender, other);
        if (other.heard((line) => line.text === `MSG ${sender.name} ${said}`).length === 0)
          throw new Failure(`${other.label} gets "MSG ${sender.name} ${show(said)}"`, other.describe());
      }
    },
  },
];
