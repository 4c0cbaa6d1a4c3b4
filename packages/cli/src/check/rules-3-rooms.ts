/** 3.8: rooms. */

import { type Check, Failure } from './check.ts';
import { enter, gets, inOrder, visit } from './extended.ts';
import type { Line, Peer } from './peer.ts';
import type { Scene } from './scene.ts';

const holds =
  (text: string) =>
  ({ text: line }: Line) =>
    line.includes(text);

/** Two in a room of this name, one of the extended form who is not, and a plain one. */
async function quartet(scene: Scene, room: string): Promise<[Peer, Peer, Peer, Peer]> {
  const [one, two, outside] = [await enter(scene), await enter(scene), await enter(scene)];
  const plain = await scene.enter();
  await scene.settle(plain, outside, two, one);
  for (const peer of [one, two]) await visit(peer, room);
  await scene.settle(two, one);
  scene.step();
  return [one, two, outside, plain];
}

export const rooms: readonly Check[] = [
  {
    rule: '3.8',
    level: 'palabre',
    title: 'IAM and a room enters it: those in it are told, the newcomer included, and nobody else',
    async run(scene) {
      const room = scene.fresh();
      const [one, two, outside, plain] = await quartet(scene, room);
      const third = await enter(scene);
      await scene.settle(third, one, two, outside, plain);
      scene.step();
      third.say(`@room=${room} IAM ${third.name}`);
      for (const peer of [third, one, two]) await gets(peer, `ARR ${third.name}`, { room });
      await scene.settle(third, outside, plain);
      for (const peer of [outside, plain]) scene.nothing(peer, 'ARR', ({ word }) => word === 'ARR');
    },
  },
  {
    rule: '3.8',
    level: 'palabre',
    title: 'MSG in a room is heard in it alone',
    async run(scene) {
      const [room, text] = [scene.fresh(), scene.text('in-here')];
      const [one, two, outside, plain] = await quartet(scene, room);
      one.say(`@ref=1;room=${room} MSG ${text}`);
      await gets(two, `MSG ${one.name} ${text}`, { room });
      await scene.settle(one, outside, plain);
      for (const peer of [outside, plain]) scene.nothing(peer, 'line of the room', holds(text));
      const lobby = scene.text('to-all');
      one.say(`@ref=2 MSG ${lobby}`);
      for (const peer of [two, outside]) await gets(peer, `MSG ${one.name} ${lobby}`, { room: undefined });
    },
  },
  {
    rule: '3.8',
    level: 'palabre',
    title: 'WHO and a room lists those in it',
    async run(scene) {
      const room = scene.fresh();
      const [one, two] = await quartet(scene, room);
      one.say(`@room=${room} WHO`);
      await gets(one, `WHO ${one.name} ${two.name}`, { room });
    },
  },
  {
    rule: '3.8',
    level: 'palabre',
    title: 'LST lists the rooms with how many are in each, then their count; an empty one is gone',
    async run(scene) {
      const room = scene.fresh();
      const [one, two] = await quartet(scene, room);
      const listed = async (): Promise<string[]> => {
        one.step();
        one.say('@ref=1 LST');
        const end = await gets(one, 'LST', { count: /^\d+$/ });
        const lines = one.heard(({ word, body }) => word === 'LST' && body !== 'LST');
        if (Number(end.tags.get('count')) !== lines.length)
          throw new Failure(`a count of ${lines.length}`, `"${end.text}"`);
        return lines.map(({ body }) => body);
      };
      if (!(await listed()).includes(`LST ${room} 2`)) throw new Failure(`"LST ${room} 2"`, one.describe());
      for (const peer of [one, two]) peer.say(`@room=${room} BYE`);
      await scene.settle(one, two);
      if ((await listed()).some((line) => line.includes(room)))
        throw new Failure(`no line of "${room}"`, one.describe());
    },
  },
  {
    rule: '3.8',
    level: 'palabre',
    title: 'BYE and a room leaves it: those in it are told, the leaver included; one stays in the lobby',
    async run(scene) {
      const [room, text, late] = [scene.fresh(), scene.text('still-here'), scene.text('too-late')];
      const [one, two, outside, plain] = await quartet(scene, room);
      one.say(`@room=${room} BYE`);
      for (const peer of [one, two]) await gets(peer, `LFT ${one.name}`, { room });
      two.say(`@room=${room} MSG ${late}`);
      one.say(`MSG ${text}`);
      for (const peer of [two, outside]) await gets(peer, `MSG ${one.name} ${text}`);
      await scene.settle(two, one, outside, plain);
      scene.nothing(one, 'line of the room', holds(late));
      for (const peer of [outside, plain]) scene.nothing(peer, 'LFT', ({ word }) => word === 'LFT');
    },
  },
  {
    rule: '3.8',
    level: 'palabre',
    title: 'who is not in a room gets ERR for MSG, WHO and BYE in it',
    async run(scene) {
      const [room, text] = [scene.fresh(), scene.text('let-me-in')];
      const [one, , outside] = await quartet(scene, room);
      for (const line of [`MSG ${text}`, 'WHO', 'BYE'])
        inOrder(outside, await scene.answers(outside, `@room=${room} ${line}`, 'WHO'), [
          `ERR ${outside.name}`,
        ]);
      await scene.settle(one);
      scene.nothing(one, 'line of it', holds(text));
    },
  },
  {
    rule: '3.8',
    level: 'palabre',
    title: 'a plain connection is in the lobby alone: a room is answered ERR',
    async run(scene) {
      const [room, text] = [scene.fresh(), scene.text('plainly')];
      const [one, , , plain] = await quartet(scene, room);
      for (const line of [`IAM ${plain.name}`, `MSG ${text}`, 'BYE'])
        inOrder(plain, await scene.answers(plain, `@room=${room} ${line}`, 'WHO'), [`ERR ${plain.name}`]);
      await scene.settle(one);
      scene.nothing(one, 'line of the room', ({ tags }) => tags.has('room'));
    },
  },
  {
    rule: '3.8',
    level: 'palabre',
    title: 'a room’s name is one by 2.2, shown as its maker typed it; not a name: ERR',
    async run(scene) {
      const [one, two, room] = [await enter(scene), await enter(scene), scene.fresh()];
      scene.step();
      one.say(`@room=${room}Dev IAM ${one.name}`);
      await gets(one, `ARR ${one.name}`, { room: `${room}Dev` });
      two.say(`@room=${room}dEV IAM ${two.name}`);
      for (const peer of [one, two]) await gets(peer, `ARR ${two.name}`, { room: `${room}Dev` });
      for (const name of [`@${room}`, `${room}\\sa`, room.padEnd(33, 'x')])
        inOrder(one, await scene.answers(one, `@room=${name} IAM ${one.name}`, 'WHO'), [`ERR ${one.name}`]);
    },
  },
  {
    rule: '3.8',
    level: 'palabre',
    title: 'who leaves the chat, or takes another name, is told in the lobby alone',
    async run(scene) {
      const room = scene.fresh();
      const [one, two] = await quartet(scene, room);
      const name = scene.fresh();
      one.say(`IAM ${name}`);
      await gets(two, `ARR ${name}`);
      one.say('BYE');
      await gets(two, `LFT ${name}`);
      await scene.settle(two);
      scene.nothing(two, 'line of the room', ({ tags }) => tags.has('room'));
    },
  },
];
