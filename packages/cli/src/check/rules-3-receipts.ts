/** 3.4, 3.6 and 3.11: receipts, what is said once, and what comes with a message. */

import { type Check, Failure } from './check.ts';
import { enter, gets, inOrder, join, say } from './extended.ts';
import type { Line } from './peer.ts';

const ID = /^\d+$/;

/** Lines said at once: under the 100 that a server of Palabre reads without a pause, and the 128 of 3.6. */
const LINES = 60;

const holds =
  (text: string) =>
  ({ body }: Line) =>
    body.includes(text);

export const receipts: readonly Check[] = [
  {
    rule: '3.4',
    level: 'palabre',
    title: 'who says MSG gets it back with its id, once; a plain one gets nothing back',
    async run(scene) {
      const [peer, other, plain] = [await enter(scene), await enter(scene), await scene.enter()];
      const [text, second] = [scene.text('hello'), scene.text('plainly')];
      scene.step();
      peer.say(`@ref=1 MSG ${text}`);
      const { tags } = await gets(peer, `MSG ${peer.name} ${text}`, { id: ID });
      await gets(other, `MSG ${peer.name} ${text}`, { id: tags.get('id') });
      plain.say(`MSG ${second}`);
      await scene.settle(peer, plain);
      inOrder(peer, peer.heard(holds(text)), [`MSG ${peer.name} ${text}`]);
      scene.nothing(plain, 'MSG of its own', holds(second));
    },
  },
  {
    rule: '3.4',
    level: 'palabre',
    title: 'who says PRV gets it back with its id and to',
    async run(scene) {
      const [peer, other] = [await enter(scene), await enter(scene)];
      const text = scene.text('psst');
      scene.step();
      peer.say(`@ref=1 PRV ${other.name} ${text}`);
      const { tags } = await gets(peer, `PRV ${peer.name} ${text}`, { id: ID, to: other.name });
      await gets(other, `PRV ${peer.name} ${text}`, { id: tags.get('id'), to: undefined });
    },
  },
  {
    rule: '3.4',
    level: 'palabre',
    title: 'PRV to oneself comes as one line, the receipt',
    async run(scene) {
      const [peer, text] = [await enter(scene), scene.text('note')];
      scene.step();
      peer.say(`@ref=1 PRV ${peer.name} ${text}`);
      await gets(peer, `PRV ${peer.name} ${text}`, { id: ID, to: peer.name });
      await scene.settle(peer);
      inOrder(peer, peer.heard(holds(text)), [`PRV ${peer.name} ${text}`]);
    },
  },
  {
    rule: '3.4',
    level: 'palabre',
    title: 'plain ones see plain lines of what is said in the extended form, and it of theirs',
    async run(scene) {
      const [peer, plain] = [await enter(scene), await scene.enter()];
      const text = scene.text('both');
      scene.step();
      for (const line of [`MSG ${text}`, `PRV ${plain.name} ${text}`]) peer.say(`@ref=${line[0]} ${line}`);
      for (const word of ['MSG', 'PRV']) await scene.gets(plain, `${word} ${peer.name} ${text}`);
      for (const line of [`MSG ${text}`, `PRV ${peer.name} ${text}`]) plain.say(line);
      for (const word of ['MSG', 'PRV']) await gets(peer, `${word} ${plain.name} ${text}`, { id: ID });
    },
  },
  {
    rule: '3.6',
    level: 'palabre',
    title: 'what is said under the same ref again is not said again',
    async run(scene) {
      const [peer, other] = [await enter(scene), await enter(scene)];
      const [text, after] = [scene.text('once'), scene.text('after')];
      scene.step();
      for (const line of [`MSG ${text}`, `PRV ${other.name} ${text}`])
        for (let i = 0; i < 3; i++) peer.say(`@ref=a.${line[0]}_-1 ${line}`);
      peer.say(`@ref=b MSG ${after}`);
      await scene.settle(peer, other);
      const { name } = peer;
      const said = other.heard(({ body }) => body.includes(text) || body.includes(after));
      inOrder(other, said, [`MSG ${name} ${text}`, `PRV ${name} ${text}`, `MSG ${name} ${after}`]);
    },
  },
  {
    rule: '3.6',
    level: 'palabre',
    title: 'and is answered the first one’s receipt, many lines later and on another connection too',
    async run(scene) {
      const [peer, text] = [await enter(scene), scene.text('once')];
      scene.step();
      const first = await say(peer, '@ref=first MSG', text);
      const wanted = { id: first.tags.get('id'), at: first.tags.get('at') };
      peer.send(Array.from({ length: LINES }, (_, i) => `@ref=${i} MSG ${scene.text(`${i}`)}\n`).join(''));
      await say(peer, '@ref=last MSG', scene.text('last'));
      peer.step();
      peer.say(`@ref=first MSG ${text}`);
      await gets(peer, `MSG ${peer.name} ${text}`, wanted);
      const device = await join(scene, peer);
      device.step();
      device.say(`@ref=first MSG ${text}`);
      await gets(device, `MSG ${peer.name} ${text}`, wanted);
    },
  },
  {
    rule: '3.6',
    level: 'palabre',
    title: 'a ref is the member’s own: another’s of the same name is another line',
    async run(scene) {
      const [one, other] = [await enter(scene), await enter(scene)];
      const text = scene.text('mine');
      scene.step();
      one.say(`@ref=1 MSG ${text}`);
      await gets(other, `MSG ${one.name} ${text}`);
      other.say(`@ref=1 MSG ${text}`);
      await gets(one, `MSG ${other.name} ${text}`);
    },
  },
  {
    rule: '3.6',
    level: 'palabre',
    title: 'a ref that is none (empty, too long, of other characters) is answered ERR, and nothing said',
    async run(scene) {
      const [peer, other] = [await enter(scene), await enter(scene)];
      const text = scene.text('refused');
      scene.step();
      for (const ref of ['', 'a\\sb', 'é', 'a/b', 'r'.repeat(65)]) {
        const answers = await scene.answers(peer, `@ref=${ref} MSG ${text}`);
        inOrder(peer, answers, [`ERR ${peer.name}`]);
      }
      await scene.settle(other);
      scene.nothing(other, 'MSG', holds(text));
      peer.say(`@ref=${'r'.repeat(64)} MSG ${text}`);
      await gets(other, `MSG ${peer.name} ${text}`);
    },
  },
  {
    rule: '3.11',
    level: 'palabre',
    title: 're and cont reach those who read the extended form; plain ones see plain lines',
    async run(scene) {
      const [peer, other, plain] = [await enter(scene), await enter(scene), await scene.enter()];
      const text = scene.text('yes');
      scene.step();
      peer.say(`@ref=1;re=812 MSG ${text}1`);
      peer.say(`@ref=2;cont MSG ${text}2`);
      peer.say(`@ref=3;re=812;cont PRV ${other.name} ${text}3`);
      await gets(other, `MSG ${peer.name} ${text}1`, { re: '812', cont: undefined });
      await gets(other, `MSG ${peer.name} ${text}2`, { re: undefined, cont: '' });
      await gets(other, `PRV ${peer.name} ${text}3`, { re: '812', cont: '' });
      await scene.settle(peer, plain);
      const [line, ...more] = plain.heard(holds(text)).map((line) => line.text);
      if (line === `MSG ${peer.name} ${text}1` && more.join('') === `MSG ${peer.name} ${text}2`) return;
      throw new Failure(`${plain.label} gets plain lines`, plain.describe());
    },
  },
];
