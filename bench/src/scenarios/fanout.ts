import { setTimeout as after } from 'node:timers/promises';
import type { Contender } from '../contenders/contender.ts';
import { join } from '../load/join.ts';
import { Speakers } from '../load/speakers.ts';
import { untilFault } from '../load/until-fault.ts';
import { type Spent, spentBy } from '../proc.ts';
import type { Settings } from '../settings.ts';
import type { Figures, Job, Scenario } from './scenario.ts';

/** How many deliveries a second, and what each costs the server, when a crowd is spoken to without pause. */
export const fanout: Scenario = {
  type: 'load',
  name: 'fanout',
  title: (s) =>
    `Fan-out: ${s.members.toLocaleString('en')} members, ${s.speakers} speakers, ${pressure(s)}, ${s.size}-byte text`,
  method: (s) =>
    `Each speaker ${
      s.rate === null
        ? `keeps ${Math.floor(s.inFlight / s.speakers)} messages in flight: said, and not yet received by every other member`
        : 'takes its turn, at even distances'
    }. A delivery is one message received by one member. After ${s.warmUp} s of warm-up, deliveries and the server’s processor time (user and system, all its threads) are counted for ${s.seconds} s.`,
  measures: [
    { key: 'deliveries', title: 'deliveries, in millions', unit: 'M/s', better: 'more', digits: 2 },
    { key: 'cpu', title: 'server CPU for a delivery', unit: 'µs', better: 'less', digits: 3 },
    {
      key: 'generator',
      title: 'load generator’s own CPU (near 100, it is the limit)',
      unit: '%',
      better: null,
      digits: 0,
    },
  ],
  takes: () => true,
  load,
};

function pressure(settings: Settings): string {
  const { rate, inFlight } = settings;
  return rate === null ? `${inFlight.toLocaleString('en')} messages in flight` : `${rate} messages a second`;
}

async function load(job: Job, contender: Contender): Promise<Figures> {
  const { settings } = job;
  const dialect = contender.dialect(settings.size);
  const crowd = await join(dialect, job.port, settings.members, settings.attempts ?? contender.attempts);
  const speakers = new Speakers(crowd, dialect, settings.speakers, settings.size);
  return untilFault(crowd, async () => {
    const stop =
      settings.rate === null ? speakers.keepInFlight(settings.inFlight) : speakers.keepRate(settings.rate);
    await after(settings.warmUp * 1000);
    const before = count(speakers, job.pid);
    await after(settings.seconds * 1000);
    const now = count(speakers, job.pid);
    stop();
    await speakers.tail();
    const deliveries = now.deliveries - before.deliveries;
    const time = now.time - before.time;
    return {
      deliveries: deliveries / 1000 / time,
      cpu: ((now.cpu - before.cpu) * 1000) / deliveries,
      generator: ((now.own - before.own) * 100) / time,
    };
  });
}

function count(speakers: Speakers, pid: number): Spent & { readonly deliveries: number } {
  return { ...spentBy(pid), deliveries: speakers.messages.deliveries };
}
