/** 3.13: the key of a server that asks for one. */
import type { Check } from './check.ts';
import { connect, gets } from './extended.ts';

export const keys: readonly Check[] = [
  {
    rule: '3.13',
    level: 'palabre',
    title: 'who has not the key is answered why=key and is nobody yet; where none is asked for, none matters',
    async run(scene) {
      const [peer, name] = [await connect(scene), scene.fresh()];
      // As bytes: what is said as text to a server that asks for a key has the right one.
      const wrong = Buffer.from(`@key=not-${scene.text('key')} IAM ${name}`);
      peer.say(wrong);
      if (!scene.hasKey) {
        await gets(peer, `ARR ${name}`);
        peer.name = name;
        return;
      }
      await gets(peer, `ERR ${name}`, { why: 'key' });
      peer.step();
      peer.say(Buffer.from(`IAM ${name}`));
      await gets(peer, `ERR ${name}`, { why: 'key' });
      peer.step();
      peer.say('WHO');
      await gets(peer, 'WHO');
      await scene.identify(peer, name);
    },
  },
];
