import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { startServer } from '@palabre/server';
import { Between } from './between.ts';
import { catalogue } from './catalogue.ts';
import { type Outcome, speaksNineWords } from './check.ts';
import { differingExtended } from './differing-extended.ts';
import { patiently } from './patiently.ts';
import { run } from './run.ts';

/** What the kit finds of a server of Palabre with this before it. */
async function outcomesThrough(Server: typeof Between, timeoutMs: number): Promise<Outcome[]> {
  const data = mkdtempSync(join(tmpdir(), 'palabre-check-'));
  const tcp = { host: '127.0.0.1', port: 0 };
  const palabre = await startServer({ tcp, data, rate: 'off', maxConnections: 10_000 });
  assert.ok(palabre.tcp);
  const server = new Server(palabre.tcp);
  const outcomes: Outcome[] = [];
  try {
    const address = await server.start();
    for await (const outcome of run(catalogue, { address, timeoutMs })) outcomes.push(outcome);
  } finally {
    await server.stop();
    await palabre.stop();
    rmSync(data, { recursive: true, force: true });
  }
  return outcomes;
}

/** The rules by which it differs. */
function differing(outcomes: readonly Outcome[]): string[] {
  const differs = outcomes.filter(({ result }) => result === 'differs' || result === 'fails');
  return [...new Set(differs.map(({ rule }) => rule))];
}

test('through what changes nothing, every check holds', async () => {
  const outcomes = await outcomesThrough(Between, 10_000);
  assert.deepEqual(
    outcomes.filter(({ result }) => result !== 'holds'),
    [],
  );
});

describe('a server that differs in one way of the extended form differs by that rule and no other', {
  concurrency: 4,
}, () => {
  for (const { rule, what, Server } of differingExtended)
    test(`${rule} ${what}`, async () => {
      const outcomes = await patiently(
        (timeoutMs) => outcomesThrough(Server, timeoutMs),
        (found) => differing(found).join() === rule,
      );
      assert.deepEqual(differing(outcomes), [rule]);
      assert.equal(speaksNineWords(outcomes), true);
    });
});

test('every rule of the extended form has such a server', () => {
  const rules = catalogue.map(({ rule }) => rule).filter((rule) => rule.startsWith('3.'));
  assert.deepEqual([...new Set(differingExtended.map(({ rule }) => rule))], [...new Set(rules)]);
});
