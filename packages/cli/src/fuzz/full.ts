/**
 * The fuzzer at full size: `node packages/cli/src/fuzz/full.ts [COUNT] [SEED]`. Most of the inputs go to servers without a rate, of which one has a journal and a certificate;
 * the last part to one that has a rate. The same seed says the same, but for tokens and ids, which are the server's.
 */
import { type Found, fuzz, type Run } from './run.ts';

const [, , count = '5000000', first = String(Date.now() % 1e9)] = process.argv;
const inputs = Number(count);
const seed = Number(first);
process.stdout.write(`seed ${seed}\n`);

const RUNS: readonly Run[] = [
  { seed, inputs: 0.55 * inputs, kept: false, encrypted: false, rate: 'off' },
  { seed: seed + 1, inputs: 0.4 * inputs, kept: true, encrypted: true, rate: 'off' },
  { seed: seed + 2, inputs: 0.05 * inputs, kept: true, encrypted: false, rate: 20 },
];

for (const run of RUNS) {
  const found = await fuzz(run);
  process.stdout.write(`${JSON.stringify({ ...run, ...found } satisfies Run & Found, undefined, 2)}\n`);
}
// What is left of connections that were cut in the middle of a handshake does not keep it.
process.exit();
