import { setTimeout as after } from 'node:timers/promises';
import type { Contender } from '../contenders/contender.ts';
import { join } from '../load/join.ts';
import { Speakers } from '../load/speakers.ts';
import { untilFault } from '../load/until-fault.ts';
import { type Spent, spentBy } from '../proc.ts';
import type { Settings } from '../settings.ts';
import { type Figures, generator, type Job, type Measure, type Scenario } from './scenario.ts';

export const cpu: Measure = {
  key: 'cpu',
  title: 'server CPU for a delivery',
  unit: 'µs',
  better: 'less',
  digits: 3,
};

/** How many deliveries a second, and what each costs the server, when a crowd is spoken to without pause. */
export const fanout: Scenario = fanningOut('fanout', 'Fan-out', '', ({ web }) => !web);

/** The same over WebSockets. */
export const webFanout: Scenario = fanningOut(
  'web-fanout',
  'WebSockets',
  ' What speakers say is a WebSocket’s message each. Nothing is compressed.',
  ({ web }) => web,
);

/** `more` is what its method says besides. */
function fanningOut(
  name: string,
  title: string,
  more: string,
  takes: (contender: Contender) => boolean,
): Scenario {
  return {
    type: 'load',
    name,
    title: (s) =>
      `${title}: ${s.members.toLocaleString('en')} members, ${s.speakers} speakers, ${pressure(s)}, ${s.size}-byte text`,
    method: (s) =>
      `Each speaker ${
        s.rate === null
          ? `keeps ${Math.floor(s.inFlight / s.speakers)} messages in flight: said, and not yet received by every other member`
          : 'takes its turn, at even distances'
      }. A delivery is one message received by one member. After ${s.warmUp} s of warm-up, deliveries and the server’s processor time (user and system, all its threads) are counted for ${s.seconds} s.${more}`,
    measures: [
      { key: 'deliveries', title: 'deliveries, in millions', unit: 'M/s', better: 'more', digits: 2 },
      cpu,
      generator,
    ],
    takes,
    load,
  };
}

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
    const figures = await costOfDeliveries(speakers, job.pid, settings.seconds);
    stop();
    await speakers.tail();
    return figures;
  });
}

/** What is delivered in so many seconds, and what it costs. */
export async function costOfDeliveries(speakers: Speakers, pid: number, seconds: number) {
  const before = count(speakers, pid);
  await after(seconds * 1000);
  const now = count(speakers, pid);
  const deliveries = now.deliveries - before.deliveries;
  const time = now.time - before.time;
  return {
    deliveries: deliveries / 1000 / time,
    cpu: ((now.cpu - before.cpu) * 1000) / deliveries,
    generator: ((now.own - before.own) * 100) / time,
  };
}

function count(speakers: Speakers, pid: number): Spent & { readonly deliveries: number } {
  return { ...spentBy(pid), deliveries: speakers.messages.deliveries };
}
