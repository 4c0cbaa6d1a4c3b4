/** 1.6 to 1.9: who is there, what is said to all, what is said to one. */

import { type Check, Failure } from './check.ts';
import type { Line, Peer } from './peer.ts';
import { show } from './transcript.ts';

/** The names in the WHO lines that `peer` got since the last step, in the order in which they stand there. */
function listed(peer: Peer): string[] {
  return peer
    .heard(({ word }) => word === 'WHO')
    .flatMap(({ text }) => text.split(' ').slice(1))
    .filter((name) => name !== '');
}

/** Waits until every one of `peers` stands in the list, which may take several lines. */
async function list(asker: Peer, peers: readonly Peer[]): Promise<string[]> {
  asker.say('WHO');
  await asker.until(() => {
    const names = new Set(listed(asker));
    return peers.every(({ name }) => names.has(name)) || undefined;
  });
  return listed(asker);
}

const holds = (text: string) => (line: Line) => line.text.includes(text);

export const talking: readonly Check[] = [
  {
    rule: '1.6',
    level: 'must',
    title: 'WHO lists everybody present, the asker included, to the asker alone',
    async run(scene) {
      const [first, asker, last] = [await scene.enter(), await scene.enter(), await scene.enter()];
      const peers = [first, asker, last];
      scene.step();
      const names = new Set(await list(asker, peers));
      const missing = peers.filter(({ name }) => !names.has(name)).map(({ name }) => name);
      if (missing.length > 0)
        throw new Failure(
          `"WHO" and every name, ${missing.join(', ')} too, a space before each`,
          asker.describe(),
        );
      // That no list comes to the others is proved by what the asker says next.
      const text = scene.text('after-the-list');
      asker.say(`MSG ${text}`);
      for (const other of [first, last]) {
        await other.line(holds(text));
        scene.nothing(other, 'list that somebody else asked for', ({ word }) => word === 'WHO');
      }
    },
  },
  {
    rule: '1.6',
    level: 'palabre',
    title: 'in order of arrival',
    async run(scene) {
      const peers: Peer[] = [];
      for (let i = 0; i < 5; i++) peers.push(await scene.enter());
      const [asker] = peers;
      if (!asker) return;
      scene.step();
      const expected = peers.map(({ name }) => name);
      const names = (await list(asker, peers)).filter((name) => expected.includes(name));
      if (names.join(' ') !== expected.join(' '))
        throw new Failure(`WHO … ${expected.join(' ')}`, asker.describe());
    },
  },
  {
    rule: '1.7',
    level: 'must',
    title: 'MSG reaches everybody else once, with the sender’s name, and not the sender',
    async run(scene) {
      const [sender, other, third] = [await scene.enter(), await scene.enter(), await scene.enter()];
      const text = scene.text('hello');
      scene.step();
      sender.say(`MSG ${text}`);
      for (const peer of [other, third]) await scene.gets(peer, `MSG ${sender.name} ${text}`);
      await scene.settle(sender, other, third);
      scene.nothing(sender, 'MSG of its own', holds(text));
      for (const peer of [other, third]) scene.once(peer, `MSG ${sender.name} ${text}`);
    },
  },
  {
    rule: '1.7',
    level: 'palabre',
    title: 'a connection that is not identified hears nothing of it',
    async run(scene) {
      const stranger = await scene.connect();
      const [sender, other] = [await scene.enter(), await scene.enter()];
      const text = scene.text('among-ourselves');
      scene.step();
      sender.say(`MSG ${text}`);
      await scene.gets(other, `MSG ${sender.name} ${text}`);
      await scene.settle(sender, stranger);
      scene.nothing(stranger, 'line of the room', holds(text));
    },
  },
  {
    rule: '1.8',
    level: 'must',
    title: 'PRV reaches the one it is for, once, with the sender’s name, and nobody else',
    async run(scene) {
      const [sender, other, third] = [await scene.enter(), await scene.enter(), await scene.enter()];
      const text = scene.text('between-us');
      scene.step();
      sender.say(`PRV ${other.name} ${text}`);
      await scene.gets(other, `PRV ${sender.name} ${text}`);
      await scene.settle(sender, other, third);
      scene.once(other, `PRV ${sender.name} ${text}`);
      for (const peer of [sender, third]) scene.nothing(peer, 'line with that text', holds(text));
    },
  },
  {
    rule: '1.9',
    level: 'must',
    title: 'PRV to nobody is answered ERR and the sender’s own name',
    async run(scene) {
      const [sender, other] = [await scene.enter(), await scene.enter()];
      const nobody = scene.fresh();
      const text = scene.text('anybody-there');
      scene.step();
      sender.say(`PRV ${nobody} ${text}`);
      await scene.gets(sender, `ERR ${sender.name}`);
      await scene.settle(other);
      scene.nothing(other, `line with what was said to "${show(nobody)}"`, holds(text));
    },
  },
];
