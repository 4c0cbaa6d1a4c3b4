/** 2.8: one order for everybody. */

import { type Check, Failure } from './check.ts';
import type { Peer } from './peer.ts';

/** Lines that each speaker says at once. Under the 100 that a server of Palabre reads without a pause. */
const LINES = 30;

export const order: readonly Check[] = [
  {
    rule: '2.8',
    level: 'palabre',
    title: 'everybody sees what several say at the same time in one order',
    async run(scene) {
      const [one, other] = [await scene.enter(), await scene.enter()];
      const speakers: Peer[] = [];
      for (let i = 0; i < 3; i++) speakers.push(await scene.enter());
      const text = scene.text('n');
      scene.step();
      for (const speaker of speakers)
        speaker.send(Array.from({ length: LINES }, (_, i) => `MSG ${text}${i}\n`).join(''));
      const said = (peer: Peer) => peer.heard((line) => line.text.includes(text)).map((line) => line.text);
      for (const peer of [one, other]) {
        await peer.until(() => said(peer).length >= speakers.length * LINES || undefined);
        for (const { name } of speakers) {
          const own = said(peer).filter((line) => line.startsWith(`MSG ${name} `));
          const expected = Array.from({ length: LINES }, (_, i) => `MSG ${name} ${text}${i}`);
          if (own.join('\n') !== expected.join('\n'))
            throw new Failure(
              `${peer.label} gets ${LINES} lines of ${name}, as they were said`,
              own.join(', '),
            );
        }
      }
      const first = said(one).findIndex((line, i) => line !== said(other)[i]);
      if (first >= 0)
        throw new Failure(
          `${other.label} gets "${said(one)[first]}" as its line ${first + 1}, as ${one.label} does`,
          `"${said(other)[first]}"`,
        );
    },
  },
  {
    rule: '2.8',
    level: 'palabre',
    title: 'what one connection says takes effect in the order in which it was said',
    async run(scene) {
      const observer = await scene.enter();
      const peer = await scene.connect();
      const [name, text] = [scene.fresh(), scene.text('n')];
      scene.step();
      peer.send(`IAM ${name}\nMSG ${text}1\nPRV ${observer.name} ${text}2\nMSG ${text}3\nBYE\n`);
      await observer.line((line) => line.text === `LFT ${name}`);
      const expected = [
        `ARR ${name}`,
        `MSG ${name} ${text}1`,
        `PRV ${name} ${text}2`,
        `MSG ${name} ${text}3`,
        `LFT ${name}`,
      ];
      const came = observer.heard().map((line) => line.text);
      if (came.join('\n') !== expected.join('\n'))
        throw new Failure(`${observer.label} gets ${expected.join(', ')}`, observer.describe());
    },
  },
];
