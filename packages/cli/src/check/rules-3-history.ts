/** 3.9: history, and what is kept of 3.11. Skipped on a server that keeps nothing. */

import { type Check, Failure, Skipped } from './check.ts';
import { carries, enter, gets, inOrder, say, visit } from './extended.ts';
import type { Line, Peer } from './peer.ts';
import type { Scene } from './scene.ts';

/** What came for an HST: the lines, and the HST that ended them. */
type Recalled = { readonly lines: readonly Line[]; readonly end: Line };

/** Asks for history. `tags`: what for. */
async function recall(peer: Peer, tags: string): Promise<Recalled> {
  peer.step();
  peer.say(`@${tags} HST`);
  const end = await peer.line(({ body, word }) => body === 'HST' || word === 'ERR');
  if (end?.word !== 'HST') throw new Failure(`${peer.label}, for "@${tags} HST", gets HST`, peer.describe());
  const came = peer.heard();
  const lines = came.slice(0, came.indexOf(end)).filter(({ word }) => word === 'MSG' || word === 'PRV');
  return { lines, end };
}

/** {@link recall} brings exactly these, and as many by its own count; `more`: and there are further ones. */
async function recalls(peer: Peer, tags: string, bodies: readonly string[], more = false): Promise<Recalled> {
  const recalled = await recall(peer, tags);
  inOrder(peer, recalled.lines, bodies);
  if (!carries(recalled.end, { count: `${bodies.length}`, more: more ? '' : undefined }))
    throw new Failure(
      `${peer.label} gets "@count=${bodies.length}${more ? ';more' : ''} HST"`,
      `"${recalled.end.text}"`,
    );
  return recalled;
}

/** A new member, on a server that keeps what is said: that is found out once in a run. */
async function keeper(scene: Scene): Promise<Peer> {
  const { habits } = scene;
  if (typeof habits.keeps === 'string') throw new Skipped(habits.keeps);
  const peer = await enter(scene);
  if (habits.keeps) return peer;
  await say(peer, '@ref=kept MSG', scene.text('kept'));
  peer.say('HST');
  const end = await peer.line(({ body, word }) => body === 'HST' || word === 'ERR');
  if (end?.word === 'HST' && end.tags.get('count') === '0') {
    habits.keeps = 'the server keeps nothing: HST finds no line that it has given a receipt for';
    throw new Skipped(habits.keeps);
  }
  habits.keeps = true;
  return enter(scene);
}

/** Says these, one after the other; their ids. */
async function sayAll(peer: Peer, texts: readonly string[], head = 'MSG'): Promise<number[]> {
  const ids: number[] = [];
  for (const text of texts) ids.push((await say(peer, head, text)).id);
  return ids;
}

export const history: readonly Check[] = [
  {
    rule: '3.9',
    level: 'palabre',
    title: 'HST gives what was said, oldest first, as it was and marked old, and ends with its count',
    async run(scene) {
      const [peer, asker] = [await keeper(scene), await enter(scene)];
      const texts = [1, 2, 3].map((n) => scene.text(`n${n}`));
      const receipts: Line[] = [];
      for (const text of texts) receipts.push(await say(peer, 'MSG', text));
      const bodies = receipts.map(({ body }) => body);
      const { lines } = await recalls(asker, `from=${peer.name}`, bodies);
      for (const [i, line] of lines.entries()) {
        const [id, at] = ['id', 'at'].map((key) => receipts[i]?.tags.get(key));
        if (!carries(line, { id, at, old: '' }))
          throw new Failure(`"@old;id=${id};at=${at} ${line.body}"`, `"${line.text}"`);
      }
      // Said by whomever: these three are the newest, or others have spoken meanwhile.
      const { lines: newest } = await recall(asker, 'limit=500');
      inOrder(asker, newest.slice(-3), bodies);
    },
  },
  {
    rule: '3.9',
    level: 'palabre',
    title: 'limit, before and after: the newest of them; with after alone the oldest',
    async run(scene) {
      const [peer, asker] = [await keeper(scene), await enter(scene)];
      const ids = await sayAll(
        peer,
        [0, 1, 2, 3].map((n) => scene.text(`n${n}`)),
      );
      const said = (...numbers: number[]) => numbers.map((n) => `MSG ${peer.name} ${scene.text(`n${n}`)}`);
      const from = `from=${peer.name}`;
      await recalls(asker, `${from};limit=2`, said(2, 3), true);
      await recalls(asker, `${from};limit=4`, said(0, 1, 2, 3));
      await recalls(asker, `${from};before=${ids[3]};limit=1`, said(2), true);
      await recalls(asker, `${from};before=${ids[2]}`, said(0, 1));
      await recalls(asker, `${from};after=${ids[1]}`, said(2, 3));
      await recalls(asker, `${from};after=${ids[0]};limit=1`, said(1), true);
      await recalls(asker, `${from};after=${ids[0]};before=${ids[3]};limit=1`, said(2), true);
    },
  },
  {
    rule: '3.9',
    level: 'palabre',
    title: 'from gives what one said alone, find what holds all these words, whatever their accents',
    async run(scene) {
      const [peer, other] = [await keeper(scene), await enter(scene)];
      const word = scene.fresh();
      const [summer, winter] = [`${word} un Été chaud`, `${word} hiver`];
      await sayAll(peer, [summer, winter]);
      await sayAll(other, [winter]);
      const [one, two] = [`MSG ${peer.name} ${summer}`, `MSG ${peer.name} ${winter}`];
      await recalls(other, `from=${peer.name}`, [one, two]);
      await recalls(other, `from=${peer.name};find=hiver`, [two]);
      await recalls(other, `find=${word}`, [one, two, `MSG ${other.name} ${winter}`]);
      for (const find of ['ete', 'été', 'chaud\\sete', 'ete\\scha', 'UN'])
        await recalls(other, `find=${word}\\s${find}`, [one]);
      await recalls(other, `find=${word}\\sete\\shiver`, []);
    },
  },
  {
    rule: '3.9',
    level: 'palabre',
    title: 'with gives the private lines of the two, to both, and to a third nothing',
    async run(scene) {
      const [one, two, third] = [await keeper(scene), await enter(scene), await enter(scene)];
      const text = scene.text('secret');
      await say(one, `PRV ${two.name}`, `${text}1`);
      await say(two, `PRV ${one.name}`, `${text}2`);
      const lines = [`PRV ${one.name} ${text}1`, `PRV ${two.name} ${text}2`];
      const mine = await recalls(one, `with=${two.name}`, lines);
      const theirs = await recalls(two, `with=${one.name}`, lines);
      const tos = [...mine.lines, ...theirs.lines].map(({ tags }) => tags.get('to'));
      if (tos[0] !== two.name || tos[1] !== undefined || tos[2] !== undefined || tos[3] !== one.name)
        throw new Failure('to on one’s own lines alone', mine.lines.map((line) => line.text).join(', '));
      for (const { name } of [one, two]) await recalls(third, `with=${name}`, []);
      for (const tags of [`from=${one.name}`, 'limit=500', `find=${text}1`])
        if ((await recall(third, tags)).lines.some(({ word }) => word === 'PRV'))
          throw new Failure(`${third.label} gets no PRV`, third.describe());
    },
  },
  {
    rule: '3.9',
    level: 'palabre',
    title: 'whoever takes up a name later reads nothing of its private lines',
    async run(scene) {
      const [one, two, third] = [await keeper(scene), await enter(scene), await enter(scene)];
      await say(one, `PRV ${two.name}`, scene.text('secret'));
      const { name } = two;
      two.say('BYE');
      await two.ended();
      scene.step();
      third.say(`IAM ${name}`);
      await gets(third, `ARR ${name}`);
      await recalls(third, `with=${one.name}`, []);
      await recalls(third, `with=${name}`, []);
    },
  },
  {
    rule: '3.9',
    level: 'palabre',
    title: 'a room’s history is for those in it; made again, it begins empty',
    async run(scene) {
      const [one, outside] = [await keeper(scene), await enter(scene)];
      const [room, text] = [scene.fresh(), scene.text('in-here')];
      await visit(one, room);
      await say(one, `@room=${room} MSG`, text);
      const { lines } = await recalls(one, `room=${room}`, [`MSG ${one.name} ${text}`]);
      if (lines[0]?.tags.get('room') !== room)
        throw new Failure(`"room=${room}" on it`, `"${lines[0]?.text}"`);
      outside.step();
      outside.say(`@room=${room} HST`);
      await gets(outside, `ERR ${outside.name}`);
      await recalls(outside, `from=${one.name}`, []);
      one.say(`@room=${room} BYE`);
      await scene.settle(one);
      await visit(one, room);
      await recalls(one, `room=${room}`, []);
    },
  },
  {
    rule: '3.9',
    level: 'palabre',
    title: 'what is said after HST is heard when it has been answered',
    async run(scene) {
      const peer = await keeper(scene);
      await say(peer, 'MSG', scene.text('before'));
      peer.step();
      peer.send('HST\nWHO\nHST\nXYZ\n');
      await gets(peer, `ERR ${peer.name}`);
      const ends = peer.heard(({ word, body }) => body === 'HST' || word === 'WHO' || word === 'ERR');
      const words = ends.map(({ word }) => word).join(' ');
      // A long WHO list has several lines.
      if (!/^HST (WHO )+HST ERR$/.test(words)) throw new Failure('HST, WHO, HST, ERR, in this order', words);
    },
  },
  {
    rule: '3.11',
    level: 'palabre',
    title: 're and cont are kept',
    async run(scene) {
      const [peer, asker] = [await keeper(scene), await enter(scene)];
      const text = scene.text('kept');
      await say(peer, '@re=812;cont MSG', text);
      const { lines } = await recalls(asker, `from=${peer.name}`, [`MSG ${peer.name} ${text}`]);
      if (!lines[0] || !carries(lines[0], { re: '812', cont: '' }))
        throw new Failure('"re=812" and "cont" on it', `"${lines[0]?.text}"`);
    },
  },
];
