/** 1.1 to 1.5: the greeting, the stranger, and the three answers to IAM. */

import { type Check, Failure } from './check.ts';
import type { Peer } from './peer.ts';
import type { Scene } from './scene.ts';
import { show } from './transcript.ts';

/** None of `others` was told of anything that holds `text`. */
async function nobodyLearns(scene: Scene, others: readonly Peer[], text: string): Promise<void> {
  await scene.settle(...others);
  for (const other of others) scene.nothing(other, 'line about it', (line) => line.text.includes(text));
}

/**
 * `stranger`, just refused the name that begins with `start`, is nobody yet: no ARR was sent, its MSG reaches nobody
 * under that name (that it reaches nobody at all, and is answered WHO, is rule 1.2's), and it can still enter.
 */
async function stillNobody(
  scene: Scene,
  stranger: Peer,
  others: readonly [Peer, Peer],
  start: string,
): Promise<void> {
  const text = scene.text('nobody-says-this');
  const from = stranger.lines.length;
  stranger.say(`MSG ${text}`);
  await stranger.line(() => true, from);
  await scene.settle(...others);
  for (const peer of [stranger, ...others]) {
    scene.nothing(peer, 'ARR of somebody who was refused', (line) => line.text.startsWith(`ARR ${start}`));
    scene.nothing(
      peer,
      'MSG of somebody who was refused',
      (line) => line.text.startsWith(`MSG ${start}`) && line.text.endsWith(text),
    );
  }
  const name = scene.fresh();
  scene.step();
  stranger.say(`IAM ${name}`);
  if (await stranger.line((line) => line.text === `ARR ${name}`)) return;
  // To whom ARR goes is rule 1.5's: one that anybody got will do, and so will a list.
  if (others.some((other) => other.heard((line) => line.text === `ARR ${name}`).length > 0)) return;
  stranger.say('WHO');
  if (await stranger.line(({ text }) => text.startsWith('WHO '))) return;
  throw new Failure(`"ARR ${name}": another name can be asked for afterwards`, stranger.describe());
}

export const entering: readonly Check[] = [
  {
    rule: '1.1',
    level: 'must',
    title: 'a new connection is told WHO',
    async run(scene) {
      const peer = await scene.connect();
      const [first] = peer.lines;
      if (first?.text === 'WHO') return;
      throw new Failure('A gets "WHO"', first ? `"${show(first.text)}"` : peer.describe());
    },
  },
  {
    rule: '1.2',
    level: 'must',
    title: 'somebody not identified is answered WHO, and nobody else learns of it',
    async run(scene) {
      const member = await scene.enter();
      const stranger = await scene.connect();
      const text = scene.text('psst');
      for (const line of [`MSG ${text}`, 'WHO', `PRV ${member.name} ${text}`]) {
        scene.step();
        stranger.say(line);
        await scene.gets(stranger, 'WHO');
        await nobodyLearns(scene, [member], text);
      }
    },
  },
  {
    rule: '1.2',
    level: 'palabre',
    title: 'so is an empty line, and a word that does not exist',
    async run(scene) {
      const stranger = await scene.connect();
      for (const line of ['', 'XYZ', 'ARR me', 'hello there'])
        scene.answered(stranger, line, await scene.ask(stranger, line), ['WHO']);
    },
  },
  {
    rule: '1.3',
    level: 'must',
    title: 'a name with a space in it is answered ERR and what was asked, to the asker alone',
    async run(scene) {
      const others = [await scene.enter(), await scene.enter()] as const;
      const stranger = await scene.connect();
      const start = scene.fresh();
      const asked = `${start} do`;
      scene.step();
      stranger.say(`IAM ${asked}`);
      await scene.gets(stranger, `ERR ${asked}`);
      await nobodyLearns(scene, others, asked);
      await stillNobody(scene, stranger, others, start);
    },
  },
  {
    rule: '1.4',
    level: 'must',
    title: 'a name in use is answered TKN and that name, to the asker alone',
    async run(scene) {
      const others = [await scene.enter(), await scene.enter()] as const;
      const stranger = await scene.connect();
      const { name } = others[0];
      scene.step();
      stranger.say(`IAM ${name}`);
      await scene.gets(stranger, `TKN ${name}`);
      await scene.settle(...others);
      for (const other of others)
        scene.nothing(other, 'TKN for somebody else', ({ text }) => text === `TKN ${name}`);
      await stillNobody(scene, stranger, others, name);
    },
  },
  {
    rule: '1.5',
    level: 'must',
    title: 'a free name is announced by ARR to everybody, the newcomer included, once',
    async run(scene) {
      const others = [await scene.enter(), await scene.enter()];
      const newcomer = await scene.connect();
      const name = scene.fresh();
      scene.step();
      newcomer.say(`IAM ${name}`);
      for (const peer of [newcomer, ...others]) await scene.gets(peer, `ARR ${name}`);
      newcomer.name = name;
      await scene.settle(newcomer, ...others);
      for (const peer of [newcomer, ...others]) scene.once(peer, `ARR ${name}`);
    },
  },
];
