/** How long, in ms, tests wait for lines that never come: first, and where something else was found than was due, once more. */
const DEADLINES_MS = [250, 4000];

/**
 * What is found within a short deadline if that is what is due, or else within a long one: on a busy machine a line may be late that would have come. For tests
 * of servers that are wrong on purpose: each line that never comes costs the whole deadline.
 */
export async function patiently<Found>(
  find: (timeoutMs: number) => Promise<Found>,
  due: (found: Found) => boolean,
): Promise<Found> {
  const [short = 0, long = 0] = DEADLINES_MS;
  const found = await find(short);
  return due(found) ? found : await find(long);
}
