import type { Crowd } from './crowd.ts';

/** What `run` yields; rejects as soon as a member gets something wrong. Drops the crowd's connections at the end. */
export async function untilFault<T>(crowd: Crowd, run: () => Promise<T>): Promise<T> {
  const fault = new Promise<never>((_, reject) => {
    crowd.onFault = reject;
  });
  try {
    return await Promise.race([fault, run()]);
  } finally {
    crowd.close();
  }
}
