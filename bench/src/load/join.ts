import type { Dialect } from '../contenders/contender.ts';
import { Wrong } from '../verify/wrong.ts';
import { Arrivals } from './arrivals.ts';
import { Crowd } from './crowd.ts';

/** ms without anybody entering after which a join is given up. */
const STUCK_AFTER = 30_000;

/**
 * Has `size` members join, with at most `attempts` connected and not yet in the room. Resolves once all are in it and
 * each was told of every arrival that it was due. Rejects with Wrong if anything else comes.
 */
export async function join(dialect: Dialect, port: number, size: number, attempts: number): Promise<Crowd> {
  const crowd = new Crowd(dialect, port);
  const arrivals = new Arrivals(crowd, dialect, size);
  crowd.readBy(arrivals);
  await new Promise<void>((resolve, reject) => {
    let before = -1;
    const watch = setInterval(() => {
      if (arrivals.entered === before) {
        crowd.onFault(new Wrong(`${before} of ${size} members came in, and not all were told of all`));
      }
      before = arrivals.entered;
    }, STUCK_AFTER);
    crowd.onFault = (fault) => {
      clearInterval(watch);
      crowd.close();
      reject(fault);
    };
    const more = (): void => {
      // The first goes alone, so that somebody sees the order of arrivals from its beginning.
      const open = arrivals.entered === 0 ? 1 : attempts;
      while (crowd.members.length < size && crowd.members.length - arrivals.entered < open) crowd.connect();
    };
    arrivals.onEntered = more;
    arrivals.onComplete = () => {
      clearInterval(watch);
      resolve();
    };
    more();
  });
  return crowd;
}
