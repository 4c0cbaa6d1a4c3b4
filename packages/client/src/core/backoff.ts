/**
 * How long to wait before trying again, in ms: exponential with full jitter, anything between nothing and 0.5, 1, 2 … 30 seconds. The jitter is
 * full so that a thousand clients of a server that restarts do not come back at the same moment. `attempt` counts from 0.
 */
export function backoff(attempt: number, random: () => number): number {
  return random() * Math.min(30_000, 500 * 2 ** attempt);
}
