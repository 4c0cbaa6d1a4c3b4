import { CONTENDERS } from '../contenders/all.ts';
import type { Contender } from '../contenders/contender.ts';
import { join } from '../load/join.ts';
import { untilFault } from '../load/until-fault.ts';
import { residentBytes, settledBytes } from '../proc.ts';
import type { Settings } from '../settings.ts';
import type { Figures, Job, Scenario } from './scenario.ts';

/** How long a crowd takes to come in, and what its connections take of the server's memory: for all contenders. */
export const joinAll: Scenario = joining(
  'join',
  (s) => s.joinMembersForAll,
  (contender) => !contender.keeps && !contender.web,
);

/** The same with many more, for those contenders with which it doesn't take minutes. */
export const joinMany: Scenario = joining(
  'join-many',
  (s) => s.joinMembers,
  (contender) => !contender.slowJoin && !contender.keeps && !contender.web,
);

function joining(
  name: string,
  members: (settings: Settings) => number,
  takes: (contender: Contender) => boolean,
): Scenario {
  return {
    type: 'load',
    name,
    title: (s) => `Join: ${members(s).toLocaleString('en')} members`,
    method: (s) =>
      `All join one room, with at most ${attemptsOf(s)} at any moment connected and not yet in it, until all are in it and every member was told of every later newcomer (with nats-server there is nothing to tell). Memory is the server’s resident set after that, less that without connections, divided by the members.`,
    measures: [
      { key: 'seconds', title: 'until all are in and know of all', unit: 's', better: 'less', digits: 2 },
      { key: 'memory', title: 'memory for a connection', unit: 'KiB', better: 'less', digits: 1 },
    ],
    takes,
    load: (job, contender) => load(job, contender, members(job.settings)),
  };
}

function attemptsOf(settings: Settings): string {
  if (settings.attempts !== null) return String(settings.attempts);
  return `as many as suit each best (${CONTENDERS.filter(({ keeps, web }) => !keeps && !web)
    .map(({ name, attempts }) => `${name} ${attempts}`)
    .join(', ')})`;
}

async function load(job: Job, contender: Contender, members: number): Promise<Figures> {
  const { settings, port, pid } = job;
  const before = residentBytes(pid);
  const start = performance.now();
  const attempts = settings.attempts ?? contender.attempts;
  const crowd = await join(contender.dialect(settings.size), port, members, attempts);
  const seconds = (performance.now() - start) / 1000;
  return untilFault(crowd, async () => ({
    seconds,
    memory: ((await settledBytes(pid)) - before) / 1024 / members,
  }));
}
