/** 3.7: one member on several connections, and back after a lost one. */

import { type Check, Failure, Skipped, Unchecked } from './check.ts';
import { connect, enter, gets, inOrder, join, say, tokenOf, visit } from './extended.ts';
import type { Line, Peer } from './peer.ts';
import type { Scene } from './scene.ts';

/** Connections of one member. */
const CONNECTIONS = 16;

const isPresence = ({ word }: Line) => word === 'ARR' || word === 'LFT';

/** Ends the connection, and returns when the server has noticed. */
async function lose(peer: Peer): Promise<void> {
  const linger = peer.lines.find(({ word }) => word === 'EXT')?.tags.get('linger');
  if (linger !== undefined && Number(linger) < 5) throw new Skipped(`it waits for a lost member ${linger} s`);
  peer.hangUp();
  if (!(await peer.ended())) throw new Unchecked(`the server did not end the connection of ${peer.label}`);
}

/** `token` with another character in its middle, where any counts. */
function altered(token: string): string {
  const middle = Math.floor(token.length / 2) + 1;
  return token.slice(0, middle) + (token[middle] === 'x' ? 'y' : 'x') + token.slice(middle + 1);
}

/** A member with two connections, and somebody else, after all have been told of all. */
async function pair(scene: Scene): Promise<[Peer, Peer, Peer]> {
  const [member, other] = [await enter(scene), await enter(scene)];
  const device = await join(scene, member);
  await scene.settle(other, device, member);
  scene.step();
  return [member, device, other];
}

export const devices: readonly Check[] = [
  {
    rule: '3.7',
    level: 'palabre',
    title: 'the ARR to oneself comes with a token, which joins a further connection; nobody is told',
    async run(scene) {
      const [member, other] = [await enter(scene), await enter(scene)];
      if (!member.lines.some(({ word, tags }) => word === 'ARR' && tags.has('token')))
        throw new Failure(`${member.label} gets "@token=… ARR ${member.name}"`, 'no token');
      await scene.settle(other, member);
      scene.step();
      const device = await connect(scene);
      device.say(`@token=${tokenOf(member)} IAM ${scene.fresh()}`);
      await gets(device, `ARR ${member.name}`, { resumed: '' });
      device.name = member.name;
      await scene.settle(device, member, other);
      for (const peer of [member, other]) scene.nothing(peer, 'ARR or LFT', isPresence);
    },
  },
  {
    rule: '3.7',
    level: 'palabre',
    title: 'each connection of a member sees everything; the ref goes to the one that said it',
    async run(scene) {
      const [member, device, other] = await pair(scene);
      const text = scene.text('both');
      device.say(`@ref=1 MSG ${text}1`);
      device.say(`@ref=2 PRV ${other.name} ${text}2`);
      await scene.settle(device);
      other.say(`MSG ${text}3`);
      other.say(`PRV ${member.name} ${text}4`);
      await gets(member, `MSG ${member.name} ${text}1`, { ref: undefined });
      await gets(member, `PRV ${member.name} ${text}2`, { ref: undefined });
      for (const peer of [member, device]) {
        await gets(peer, `MSG ${other.name} ${text}3`);
        await gets(peer, `PRV ${other.name} ${text}4`);
      }
      await scene.settle(member, device);
      for (const peer of [member, device])
        for (const n of [3, 4])
          inOrder(
            peer,
            peer.heard(({ body }) => body.endsWith(`${text}${n}`)),
            [`${n === 3 ? 'MSG' : 'PRV'} ${other.name} ${text}${n}`],
          );
    },
  },
  {
    rule: '3.7',
    level: 'palabre',
    title: 'a further connection is in the member’s rooms at once, and is told which they are',
    async run(scene) {
      const [member, other, room] = [await enter(scene), await enter(scene), scene.fresh()];
      for (const peer of [member, other]) await visit(peer, room);
      const device = await join(scene, member);
      await gets(device, `ARR ${member.name}`, { room, resumed: '' });
      const text = scene.text('in-the-room');
      other.say(`@room=${room} MSG ${text}`);
      await gets(device, `MSG ${other.name} ${text}`, { room });
    },
  },
  {
    rule: '3.7',
    level: 'palabre',
    title: 'a lost connection is not told while the member is waited for, and its name is held',
    async run(scene) {
      const [member, other] = [await enter(scene), await enter(scene)];
      await scene.settle(other, member);
      scene.step();
      await lose(member);
      await scene.settle(other);
      scene.nothing(other, 'LFT', ({ word }) => word === 'LFT');
      const stranger = await scene.connect();
      await scene.replies(stranger, `IAM ${member.name}`, `TKN ${member.name}`);
      await join(scene, member); // so that it can leave
    },
  },
  {
    rule: '3.7',
    level: 'palabre',
    title: 'who comes back with after gets what it missed, in order, marked old and ended by HST',
    async run(scene) {
      const [member, other, text] = [await enter(scene), await enter(scene), scene.text('n')];
      scene.step();
      const { id } = await say(other, '@ref=1 MSG', `${text}1`);
      await say(member, '@ref=1 MSG', `${text}2`);
      await lose(member);
      await say(other, '@ref=2 MSG', `${text}3`);
      await say(other, `@ref=3 PRV ${member.name}`, `${text}4`);
      const back = await join(scene, member, `;after=${id}`);
      const end = await gets(back, 'HST', { count: /^\d+$/ });
      const count = Number(end.tags.get('count'));
      if (count === 0 && end.tags.has('more')) return; // it keeps nothing, and says so
      const missed = back.heard(({ body }) => body.includes(text));
      const [me, them] = [member.name, other.name];
      inOrder(back, missed, [`MSG ${me} ${text}2`, `MSG ${them} ${text}3`, `PRV ${them} ${text}4`]);
      const unmarked = missed.find(({ tags }) => !tags.has('old') || !tags.has('id'));
      if (unmarked) throw new Failure('lines marked old, with their id', `"${unmarked.text}"`);
      // Others may have said something meanwhile.
      if (count < missed.length) throw new Failure(`a count of ${missed.length}`, `"${end.text}"`);
    },
  },
  {
    rule: '3.7',
    level: 'palabre',
    title: 'with a token that is wrong a taken name is TKN, and a free one a fresh member’s',
    async run(scene) {
      const member = await enter(scene);
      const token = tokenOf(member);
      for (const wrong of [altered(token), `${token}x`, token.slice(0, -2), 'nonsense', '']) {
        const stranger = await connect(scene);
        stranger.say(`@token=${wrong} IAM ${member.name}`);
        await gets(stranger, `TKN ${member.name}`);
        const name = scene.fresh();
        stranger.say(`@token=${wrong} IAM ${name}`);
        await gets(stranger, `ARR ${name}`, { resumed: undefined });
      }
    },
  },
  {
    rule: '3.7',
    level: 'palabre',
    title: `a member has up to ${CONNECTIONS} connections; one more is answered ERR`,
    async run(scene) {
      const member = await enter(scene);
      for (let i = 1; i < CONNECTIONS; i++) await join(scene, member);
      const last = await connect(scene);
      last.say(`@token=${tokenOf(member)} IAM ${member.name}`);
      await gets(last, `ERR ${member.name}`);
    },
  },
  {
    rule: '3.7',
    level: 'palabre',
    title: 'BYE ends the member on all its connections, and is told once',
    async run(scene) {
      const [member, device, other] = await pair(scene);
      device.say('BYE');
      for (const peer of [device, member, other]) await gets(peer, `LFT ${member.name}`);
      for (const peer of [device, member])
        if (!(await peer.ended()))
          throw new Failure(`the server closes the connection of ${peer.label}`, 'it stays open');
      await scene.settle(other);
      inOrder(other, other.heard(isPresence), [`LFT ${member.name}`]);
    },
  },
];
