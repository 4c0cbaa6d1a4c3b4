/** 3.5: why something can't be done, a name can't be had, or somebody left. */

import { type Check, Failure } from './check.ts';
import { enter, gets, visit } from './extended.ts';

/** Rooms that one member may be in. */
const ROOMS = 64;

export const why: readonly Check[] = [
  {
    rule: '3.5',
    level: 'palabre',
    title: 'ERR and TKN say why',
    async run(scene) {
      const [peer, other] = [await enter(scene), await enter(scene)];
      const text = scene.text('why');
      const refusals: readonly (readonly [why: string, line: string])[] = [
        ['name', `IAM ${scene.fresh()} do`],
        ['nobody', `PRV ${scene.fresh()} ${text}`],
        ['empty', 'MSG'],
        ['empty', `PRV ${other.name}`],
        ['word', 'XYZ'],
        ['long', `MSG ${text}`.padEnd(5_000, 'x')],
        ['text', `MSG ${text}\u{1b}[2J`],
        ['tags', `@No MSG ${text}`],
        ['tags', `@ref=/ MSG ${text}`],
        ['room', `@room=${scene.fresh()} MSG ${text}`],
        ['taken', `IAM ${other.name}`],
      ];
      for (const [why, said] of refusals) {
        const [answer] = await scene.answers(peer, said, 'WHO');
        if (answer?.tags.get('why') !== why)
          throw new Failure(
            `${peer.label}, for "${said.slice(0, 40)}", gets "why=${why}"`,
            answer ? `"${answer.text}"` : 'nothing',
          );
      }
    },
  },
  {
    rule: '3.5',
    level: 'palabre',
    title: `a room more than ${ROOMS} is answered why=full`,
    async run(scene) {
      const [peer, room] = [await enter(scene), scene.fresh()];
      await visit(peer, room);
      peer.send(Array.from({ length: ROOMS }, (_, i) => `@room=${room}-${i} IAM ${peer.name}\n`).join(''));
      await gets(peer, `ERR ${peer.name}`, { why: 'full' });
    },
  },
  {
    rule: '3.5',
    level: 'palabre',
    title: 'LFT says whether it was BYE or a lost connection',
    async run(scene) {
      const [listener, polite, lost] = [await enter(scene), await scene.enter(), await scene.enter()];
      scene.step();
      polite.say('BYE');
      await gets(listener, `LFT ${polite.name}`, { why: 'bye' });
      lost.hangUp();
      await gets(listener, `LFT ${lost.name}`, { why: 'lost' });
    },
  },
];
