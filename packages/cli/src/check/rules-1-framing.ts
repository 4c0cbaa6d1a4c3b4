/** 1.0: lines of UTF-8 ended by LF; a word, a space, the rest. */

import { type Check, Failure, Unchecked } from './check.ts';
import type { Peer } from './peer.ts';
import type { Scene } from './scene.ts';
import { show } from './transcript.ts';

/** A way to bring a text to `to`: said after `head`, it arrives after `prefix`, whatever this server's prefix is. */
type Route = { readonly from: Peer; readonly to: Peer; readonly head: string; readonly prefix: string };

/**
 * Tries MSG and PRV with a text of one word. What the lines look like is judged by 1.7 and 1.8: here only the text
 * matters, and either route will do.
 */
async function routes(scene: Scene): Promise<[Route, ...Route[]]> {
  const from = await scene.enter();
  const to = await scene.enter();
  const found: Route[] = [];
  for (const head of ['MSG ', `PRV ${to.name} `]) {
    scene.step();
    const text = scene.text('probe');
    from.say(head + text);
    const line = await to.line((line) => line.text.endsWith(text));
    if (line) found.push({ from, to, head, prefix: line.text.slice(0, -text.length) });
  }
  const [first, ...others] = found;
  if (!first) throw new Unchecked('neither MSG nor PRV brings any text to somebody else (1.7, 1.8)');
  return [first, ...others];
}

/** `text`, said by every route that there is, arrives as it is. */
async function arrivesUnaltered(scene: Scene, text: string): Promise<void> {
  for (const { from, to, head, prefix } of await routes(scene)) {
    scene.step();
    from.say(head + text);
    await scene.gets(to, prefix + text);
  }
}

export const framing: readonly Check[] = [
  {
    rule: '1.0',
    level: 'must',
    title: 'two lines in one TCP segment are two lines',
    async run(scene) {
      const [{ from, to, head, prefix }] = await routes(scene);
      const [one, two] = [scene.text('one'), scene.text('two')];
      scene.step();
      from.send(`${head}${one}\n${head}${two}\n`);
      await scene.gets(to, prefix + one);
      await scene.gets(to, prefix + two);
    },
  },
  {
    rule: '1.0',
    level: 'must',
    title: 'a line in two TCP segments is one line',
    async run(scene) {
      const [{ from, to, head, prefix }] = await routes(scene);
      const whole = scene.text('before');
      const line = head + scene.text('halves');
      for (const cut of [line.length - 3, 1, 3, 4, line.length]) {
        scene.step();
        from.send(`${head}${whole}\n${line.slice(0, cut)}`);
        await scene.gets(to, prefix + whole);
        // The server has read the first part by now, or is about to: somebody else's answers give it the time.
        await scene.settle(to, to);
        from.send(`${line.slice(cut)}\n`);
        await scene.gets(to, prefix + line.slice(head.length));
      }
    },
  },
  {
    rule: '1.0',
    level: 'must',
    title: 'a text of several words arrives whole, its spaces too',
    run: (scene) => arrivesUnaltered(scene, scene.text('three words, then  two spaces')),
  },
  {
    rule: '1.0',
    level: 'must',
    title: 'a text with accents, other scripts and emoji arrives unaltered',
    run: (scene) => arrivesUnaltered(scene, scene.text('déjà-vu-œuf-žluťoučký-日本語-עברית-🌳👩🏽‍🚀')),
  },
  {
    rule: '1.0',
    level: 'palabre',
    title: 'a line may end with CR LF, and the CR is no part of it',
    async run(scene) {
      const [{ to, head, from, prefix }] = await routes(scene);
      const newcomer = await scene.connect();
      const [text, name] = [scene.text('windows'), scene.fresh()];
      scene.step();
      from.say(`${head}${text}\r`);
      await scene.settle(from, to);
      scene.got(to, prefix + text);
      await scene.replies(newcomer, `IAM ${name}\r`, `ARR ${name}`);
      // A CR that was taken for text comes back before the LF, where this server sends none otherwise.
      const usual = newcomer.lines[0]?.crlf;
      const kept = [...to.heard(), ...newcomer.heard()].find(({ crlf }) => crlf !== usual);
      if (kept) throw new Failure(`"${show(kept.text)}"`, `"${show(`${kept.text}\r`)}"`);
      newcomer.name = name;
      scene.answered(newcomer, 'BYE\r', await scene.ask(newcomer, 'BYE\r'), [`LFT ${name}`]);
    },
  },
  {
    rule: '1.0',
    level: 'palabre',
    title: 'the server ends its lines with LF, not CR LF',
    async run(scene) {
      const peer = await scene.connect();
      await scene.ask(peer, 'WHO');
      const line = peer.lines.find(({ crlf }) => crlf);
      if (line) throw new Failure(`"${show(line.text)}" and LF`, `"${show(line.text)}" and CR LF`);
    },
  },
];
