/** Chaos at full size: `node packages/cli/src/chaos/full.ts [SEEDS] [FIRST]`. Prints what each seed found; stops at the first that fails. */
import { chaos } from './run.ts';

const FULL = { members: 20, messages: 500, kills: 20 };

const [, , seeds = '200', first = '1'] = process.argv;
for (let seed = Number(first); seed < Number(first) + Number(seeds); seed++) {
  const found = await chaos(seed, FULL);
  process.stdout.write(`seed ${seed}: ${JSON.stringify(found)}\n`);
}
// Not left to Node.js: tearing down, it may wait for ever for requests on the pipes of servers that were killed (Environment::CleanupHandles).
process.exit();
