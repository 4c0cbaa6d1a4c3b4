/**
 * Makes every property test of a run use one seed, so that a run is the same everywhere: 20261122, or PALABRE_SEED. Loaded before each test
 * file (package.json, "unit"). A property that fails prints the seed and the path to its counterexample.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.PALABRE_SEED ?? 20_261_122) });
