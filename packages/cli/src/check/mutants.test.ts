import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { catalogue } from './catalogue.ts';
import { entering } from './mutants/entering.ts';
import { framing } from './mutants/framing.ts';
import { leaving } from './mutants/leaving.ts';
import { talking } from './mutants/talking.ts';
import { patiently } from './patiently.ts';
import { run } from './run.ts';

const musts = catalogue.filter(({ level }) => level === 'must');

describe('each wrong server is caught by the rule that it breaks and by no other must', {
  concurrency: 4,
}, () => {
  for (const { rule, what, Server } of [...framing, ...entering, ...talking, ...leaving])
    test(`${rule} ${what}`, async () => {
      const find = async (timeoutMs: number): Promise<string[]> => {
        const server = new Server();
        const address = await server.start();
        const broken = new Set<string>();
        try {
          for await (const { rule, result } of run(musts, { address, timeoutMs }))
            if (result !== 'holds') broken.add(rule);
        } finally {
          await server.stop();
        }
        return [...broken];
      };
      const broken = await patiently(find, (found) => found.join() === rule);
      assert.deepEqual(broken, [rule]);
    });
});

test('every must has a wrong server that it catches', () => {
  const caught = new Set([...framing, ...entering, ...talking, ...leaving].map(({ rule }) => rule));
  assert.deepEqual([...caught], [...new Set(musts.map(({ rule }) => rule))]);
});
