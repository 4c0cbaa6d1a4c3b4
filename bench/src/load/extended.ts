import type { Heard } from '../contenders/contender.ts';
import { lineAfter } from '../verify/line-shape.ts';
import { Wrong } from '../verify/wrong.ts';
import { Crowd, type Manners } from './crowd.ts';
import { nameOf } from './member.ts';

/** ms in which all must be in. */
const ENTER_WITHIN = 20_000;

/** How a client enters Palabre in the extended form (docs/protocol.md, 3.2). */
const manners: Manners = {
  framed: false,
  hello: () => '',
  heard(line, name): Heard {
    if (line === 'WHO') return { type: 'say', lines: `EXT\nIAM ${name}\n` };
    const [word, about] = line.slice(line.startsWith('@') ? line.indexOf(' ') + 1 : 0).split(' ', 2);
    if (word === 'ARR' && about === name) return { type: 'entered' };
    return { type: word === 'ERR' || word === 'TKN' || word === 'WHO' ? 'refused' : 'nothing' };
  },
};

/** Connects `count` members in the extended form, named by `naming`; resolves once all are in. */
export async function enterExtended(port: number, count: number, naming = nameOf): Promise<Crowd> {
  const crowd = new Crowd(manners, port, naming);
  let entered = 0;
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => crowd.onFault(new Wrong(`${entered} of ${count} came in`)), ENTER_WITHIN);
    crowd.onFault = (fault) => {
      clearTimeout(late);
      crowd.close();
      reject(fault);
    };
    crowd.readBy({
      take(member, bytes, start, end) {
        let at = start;
        for (let next = lineAfter(bytes, at, end); next > 0; next = lineAfter(bytes, at, end)) {
          if (crowd.aside(member, bytes, at, next).type === 'entered') entered++;
          at = next;
          if (at === end) break;
        }
        if (entered === count) {
          clearTimeout(late);
          resolve();
        }
        return at;
      },
    });
    for (let i = 0; i < count; i++) crowd.connect();
  });
  return crowd;
}
