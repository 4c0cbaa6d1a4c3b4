import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** MiB that short-lived objects of the chat's thread may take, of which half are free at any moment. */
const MOST_MIB = 32;
const MIB = 2 ** 20;

/** ms between two looks. */
const LOOK_MS = 1000;

/**
 * Keeps the part of the heap where objects begin from growing beyond 32 MiB by much. V8 doubles it again and again where many outlive a collection,
 * up to 128 MiB, and hardly ever gives them back: a server grows for half an hour, or at once under abuse, and each collection of what is short-lived takes 2 to 5 ms instead of 1.
 * `--max-semi-space-size` would bound it, but only on the command line of `node` itself.
 */
export function boundYoungGeneration(): void {
  setInterval(look, LOOK_MS).unref();
}

/** Lets it grow where it is smaller than that: a full collection may have made it so. */
export function look(): void {
  const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
  if (young) setFlagsFromString(`--semi-space-growth-factor=${young.space_size < MOST_MIB * MIB ? 2 : 1}`);
}
