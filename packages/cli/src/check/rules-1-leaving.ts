/** 1.10 and 1.11: leaving with BYE, and without. */

import { type Check, Failure } from './check.ts';
import type { Peer } from './peer.ts';
import type { Scene } from './scene.ts';

/** Somebody's connection is lost in the way that `lose` says: the others are told. */
async function isLost(scene: Scene, lose: (peer: Peer) => void): Promise<void> {
  const [lost, other, third] = [await scene.enter(), await scene.enter(), await scene.enter()];
  scene.step();
  lose(lost);
  for (const peer of [other, third]) await scene.gets(peer, `LFT ${lost.name}`);
}

export const leaving: readonly Check[] = [
  {
    rule: '1.10',
    level: 'must',
    title: 'BYE is answered by LFT and the name, to everybody, the leaver included',
    async run(scene) {
      const [leaver, other, third] = [await scene.enter(), await scene.enter(), await scene.enter()];
      scene.step();
      leaver.say('BYE');
      for (const peer of [leaver, other, third]) await scene.gets(peer, `LFT ${leaver.name}`);
    },
  },
  {
    rule: '1.10',
    level: 'palabre',
    title: 'then the server closes the connection, and the name is free again',
    async run(scene) {
      const leaver = await scene.enter();
      leaver.say('BYE');
      if (!(await leaver.ended()))
        throw new Failure('the server closes the connection after LFT', `${leaver.describe()}, still open`);
      const heir = await scene.connect();
      await scene.replies(heir, `IAM ${leaver.name}`, `ARR ${leaver.name}`);
    },
  },
  {
    rule: '1.11',
    level: 'must',
    title: 'a connection that ends without BYE (FIN) is told to the others by LFT',
    run: (scene) => isLost(scene, (peer) => peer.hangUp()),
  },
  {
    rule: '1.11',
    level: 'must',
    title: 'a connection that breaks (RST) is told to the others by LFT',
    run: (scene) => isLost(scene, (peer) => peer.reset()),
  },
];
