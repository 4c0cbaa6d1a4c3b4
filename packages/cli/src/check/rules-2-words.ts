/** 2.1, 2.4 and 2.5: how words may be written, and what gets ERR. */

import { type Check, Failure } from './check.ts';

export const words: readonly Check[] = [
  {
    rule: '2.1',
    level: 'palabre',
    title: 'words are understood in any case, and sent in capitals',
    async run(scene) {
      const other = await scene.enter();
      const peer = await scene.connect();
      const name = scene.fresh();
      const text = scene.text('small');
      await scene.replies(peer, `iam ${name}`, `ARR ${name}`);
      peer.name = name;
      scene.step();
      for (const line of [`msg ${text}`, `Prv ${other.name} ${text}`]) peer.say(line);
      await scene.settle(peer, other);
      scene.got(other, `MSG ${name} ${text}`);
      scene.got(other, `PRV ${name} ${text}`);
      const list = await scene.ask(peer, 'who', 'PRV');
      if (!list.some((line) => line.startsWith('WHO ')))
        throw new Failure('"who" is answered with the list', list.join(', ') || 'nothing');
      scene.answered(peer, 'byE', await scene.ask(peer, 'byE'), [`LFT ${name}`]);
    },
  },
  {
    rule: '2.1',
    level: 'palabre',
    title: 'spaces after WHO and BYE and around a name are ignored',
    async run(scene) {
      const peer = await scene.connect();
      const name = scene.fresh();
      await scene.replies(peer, `IAM  ${name}  `, `ARR ${name}`);
      peer.name = name;
      const list = await scene.ask(peer, 'WHO  ', 'PRV');
      if (!list.some((line) => line.startsWith('WHO ')))
        throw new Failure('"WHO  " is answered with the list', list.join(', ') || 'nothing');
      scene.answered(peer, 'BYE  ', await scene.ask(peer, 'BYE  '), [`LFT ${name}`]);
    },
  },
  {
    rule: '2.1',
    level: 'palabre',
    title: 'the text of MSG and PRV is kept byte for byte after the single space',
    async run(scene) {
      const [sender, other] = await scene.members(2);
      const text = `   ${scene.text('spaces\tand\t\ttabs')} \t  `;
      sender.say(`MSG ${text}`);
      sender.say(`PRV ${other.name} ${text}`);
      await scene.settle(sender, other);
      scene.got(other, `MSG ${sender.name} ${text}`);
      scene.got(other, `PRV ${sender.name} ${text}`);
    },
  },
  {
    rule: '2.4',
    level: 'palabre',
    title: 'an unknown word is answered ERR and one’s own name',
    async run(scene) {
      const peer = await scene.enter();
      for (const line of ['XYZ', 'XYZ and more', 'LFT somebody', 'é'])
        scene.answered(peer, line, await scene.ask(peer, line), [`ERR ${peer.name}`]);
    },
  },
  {
    rule: '2.4',
    level: 'palabre',
    title: 'so is MSG without text, and PRV without text or recipient; nobody else gets anything',
    async run(scene) {
      const [peer, other] = await scene.members(2);
      const { name } = other;
      for (const line of ['MSG', 'MSG ', 'PRV', 'PRV ', `PRV ${name}`, `PRV ${name} `])
        scene.answered(peer, line, await scene.ask(peer, line), [`ERR ${peer.name}`]);
      await scene.settle(other);
      scene.nothing(other, 'MSG or PRV', ({ word }) => word === 'MSG' || word === 'PRV');
    },
  },
  {
    rule: '2.4',
    level: 'palabre',
    title: 'an empty line is ignored once identified',
    async run(scene) {
      const peer = await scene.enter();
      scene.answered(peer, '', await scene.ask(peer, '', 'PRV'), []);
    },
  },
  {
    rule: '2.4',
    level: 'palabre',
    title: 'PRV to oneself is delivered',
    async run(scene) {
      const peer = await scene.enter();
      const text = scene.text('note-to-self');
      const line = `PRV ${peer.name} ${text}`;
      scene.answered(peer, line, await scene.ask(peer, line), [line]);
    },
  },
  {
    rule: '2.5',
    level: 'palabre',
    title: 'BYE before IAM is answered WHO, then the server closes',
    async run(scene) {
      const peer = await scene.connect();
      await scene.replies(peer, 'BYE', 'WHO');
      if (!(await peer.ended()))
        throw new Failure('the server closes the connection', `${peer.describe()}, still open`);
    },
  },
];
