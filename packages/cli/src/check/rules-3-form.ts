/** 3.1 to 3.3 and 3.10: tags, EXT, and what the tags on the server's lines say. */

import { type Check, Failure, Unchecked } from './check.ts';
import { connect, enter, gets, inOrder, speaks, visit } from './extended.ts';

/** Bytes of a line's tags, between the `@` and the space. */
const TAGS = 1_024;

/** The tags of an EXT: the limits. */
const LIMITS = ['line', 'tags', 'name', 'linger'] as const;

/** Ms since 1970, by whatever clock: 2001 to 2286. Neither seconds nor microseconds. */
const TIME = /^\d{13}$/;

export const form: readonly Check[] = [
  {
    rule: '3.1',
    level: 'palabre',
    title: 'tags before the word are understood from everybody, and unknown keys ignored',
    async run(scene) {
      await speaks(scene);
      const other = await scene.enter();
      const peer = await scene.connect();
      const [name, text] = [scene.fresh(), scene.text('tagged')];
      await scene.replies(peer, `@ref=0 IAM ${name}`, `ARR ${name}`);
      peer.name = name;
      scene.step();
      peer.say(`@ref=1;x-kit=a\\sb\\:c;x-flag MSG ${text}`);
      await scene.settle(peer, other);
      scene.got(other, `MSG ${name} ${text}`);
    },
  },
  {
    rule: '3.1',
    level: 'palabre',
    title: 'tags that are none, too long or before nothing are answered ERR; 1,024 bytes of them are not',
    async run(scene) {
      await speaks(scene);
      const [peer, other] = await scene.members(2);
      const text = scene.text('tagged');
      for (const tags of ['@', '@Key=1', '@=1', '@a;;b', `@${'x-kit='.padEnd(TAGS + 1, 'x')}`])
        scene.answered(peer, tags, await scene.ask(peer, `${tags} MSG ${text}`), [`ERR ${peer.name}`]);
      scene.answered(peer, '@x-kit=1', await scene.ask(peer, '@x-kit=1'), [`ERR ${peer.name}`]);
      await scene.settle(other);
      scene.nothing(other, 'MSG', ({ word }) => word === 'MSG');
      peer.say(`@${'x-kit='.padEnd(TAGS, 'x')} MSG ${text}`);
      await scene.settle(peer, other);
      scene.got(other, `MSG ${peer.name} ${text}`);
    },
  },
  {
    rule: '3.1',
    level: 'palabre',
    title: 'what is escaped in a value is read as it is meant, and written so',
    async run(scene) {
      const [peer, room] = [await enter(scene), scene.fresh()];
      await visit(peer, room);
      peer.say(`@room=${room}\\:a\\\\b\\c IAM ${peer.name}`);
      await gets(peer, `ARR ${peer.name}`, { room: `${room};a\\bc` });
    },
  },
  {
    rule: '3.2',
    level: 'palabre',
    title: 'EXT is answered, before IAM too, with the limits',
    async run(scene) {
      const peer = await connect(scene);
      const answer = peer.lines.find(({ word }) => word === 'EXT');
      const missing = LIMITS.filter((key) => !/^\d+$/.test(answer?.tags.get(key) ?? ''));
      if (answer && missing.length === 0 && /^EXT \S+$/.test(answer.body)) return;
      throw new Failure('"@line=…;tags=…;name=…;linger=… EXT …", each a number', `"${answer?.text}"`);
    },
  },
  {
    rule: '3.2',
    level: 'palabre',
    title: 'who has not said EXT gets no tags',
    async run(scene) {
      const other = await enter(scene);
      const [peer, text] = [await scene.enter(), scene.text('plain')];
      scene.step();
      for (const line of ['XYZ', `PRV ${scene.fresh()} ${text}`])
        scene.answered(peer, line, await scene.ask(peer, `@ref=1 ${line}`), [`ERR ${peer.name}`]);
      other.say(`@ref=2;re=1 MSG ${text}`);
      await scene.settle(other, peer);
      scene.nothing(peer, 'tags', ({ text }) => text.startsWith('@'));
    },
  },
  {
    rule: '3.3',
    level: 'palabre',
    title: 'the ref comes back on every answer, and to the asker alone',
    async run(scene) {
      const [peer, other] = [await enter(scene), await enter(scene)];
      const [name, text] = [scene.fresh(), scene.text('marked')];
      await scene.settle(other, peer);
      other.step();
      const questions = ['WHO', 'XYZ', `IAM ${other.name}`, `IAM ${name} do`, `PRV ${name} ${text}`, 'LST'];
      const deeds = ['HST', `MSG ${text}`, `PRV ${other.name} ${text}`, `IAM ${name}`, 'EXT', 'BYE'];
      for (const [i, line] of [...questions, ...deeds].entries()) {
        // Whether it is answered at all is another rule's to judge.
        const answers = await scene.answers(peer, `@ref=r${i} ${line}`, line === 'WHO' ? 'PRV' : 'WHO');
        const without = answers.find(({ tags }) => tags.get('ref') !== `r${i}`);
        if (without)
          throw new Failure(
            `${peer.label}, for "@ref=r${i} ${line}", gets "ref=r${i}" back`,
            `"${without.text}"`,
          );
      }
      await scene.settle(other);
      scene.nothing(other, 'ref of somebody else', ({ tags }) => tags.has('ref'));
    },
  },
  {
    rule: '3.3',
    level: 'palabre',
    title: 'id grows with every message, and is the same for everybody',
    async run(scene) {
      const [one, other] = [await enter(scene), await enter(scene)];
      const [listener, second] = [await enter(scene), await enter(scene)];
      const text = scene.text('n');
      scene.step();
      const ids: number[] = [];
      for (const [i, speaker] of [one, other, one, other].entries()) {
        speaker.say(`${i === 2 ? `PRV ${listener.name}` : 'MSG'} ${text}${i}`);
        const body = `${i === 2 ? 'PRV' : 'MSG'} ${speaker.name} ${text}${i}`;
        const { tags } = await gets(listener, body, { id: /^\d+$/ });
        if (i !== 2) await gets(second, body, { id: tags.get('id') });
        ids.push(Number(tags.get('id')));
      }
      if (ids.some((id, i) => i > 0 && id <= (ids[i - 1] ?? 0)))
        throw new Failure('ids that grow', ids.join(', '));
    },
  },
  {
    rule: '3.3',
    level: 'palabre',
    title: 'at, on MSG, PRV, ARR and LFT, is a time in ms since 1970',
    async run(scene) {
      const listener = await enter(scene);
      const [peer, text] = [await enter(scene), scene.text('when')];
      for (const line of [`MSG ${text}`, `PRV ${listener.name} ${text}`, 'BYE']) peer.say(line);
      const { name } = peer;
      for (const body of [`ARR ${name}`, `MSG ${name} ${text}`, `PRV ${name} ${text}`, `LFT ${name}`])
        await gets(listener, body, { at: TIME });
    },
  },
  {
    rule: '3.3',
    level: 'palabre',
    title: 'another name is told in one line: ARR with was, and no LFT',
    async run(scene) {
      const [peer, other] = [await enter(scene), await enter(scene)];
      const [was, name] = [peer.name, scene.fresh()];
      await scene.settle(other, peer);
      scene.step();
      peer.say(`IAM ${name}`);
      await gets(other, `ARR ${name}`, { was });
      await scene.settle(peer, other);
      const told = other.heard(({ word }) => word === 'ARR' || word === 'LFT');
      inOrder(other, told, [`ARR ${name}`]);
    },
  },
  {
    rule: '3.10',
    level: 'palabre',
    title: 'EXT at any time is answered as it was at first, with its ref',
    async run(scene) {
      const peer = await enter(scene);
      const first = peer.lines.find(({ word }) => word === 'EXT');
      if (!first) throw new Unchecked('EXT was not answered');
      scene.step();
      peer.say('@ref=ping EXT');
      await gets(peer, first.body, Object.fromEntries(LIMITS.map((key) => [key, first.tags.get(key)])));
    },
  },
];
