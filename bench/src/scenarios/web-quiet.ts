import { setTimeout as after } from 'node:timers/promises';
import type { Contender } from '../contenders/contender.ts';
import { join } from '../load/join.ts';
import { Latencies } from '../load/latencies.ts';
import { Speakers } from '../load/speakers.ts';
import { untilFault } from '../load/until-fault.ts';
import { costOfDeliveries, cpu } from './fanout.ts';
import { type Figures, generator, type Job, type Scenario } from './scenario.ts';

/** What a delivery over WebSockets costs where no two messages can share anything, and whether that is paid for in time. */
export const webQuiet: Scenario = {
  type: 'load',
  name: 'web-quiet',
  title: (s) =>
    `WebSockets: ${s.members.toLocaleString('en')} members, ${s.speakers} speakers, ${s.webRate} messages a second, nothing else in flight, ${s.size}-byte text`,
  method: (s) =>
    `As above, but the speakers take turns at even distances, far enough apart for each message to reach all before the next is said. Counted for ${s.latencySeconds} s after ${s.latencyWarmUp} s of warm-up; the latency is that of every delivery, as under Latency.`,
  measures: [
    cpu,
    { key: 'p50', title: 'latency, p50', unit: 'ms', better: 'less', digits: 2 },
    { key: 'p99', title: 'latency, p99', unit: 'ms', better: 'less', digits: 2 },
    generator,
  ],
  takes: ({ web }) => web,
  load,
};

async function load(job: Job, contender: Contender): Promise<Figures> {
  const { members, speakers: count, size, webRate, latencySeconds, latencyWarmUp, attempts } = job.settings;
  const dialect = contender.dialect(size);
  const crowd = await join(dialect, job.port, members, attempts ?? contender.attempts);
  const messages = Math.ceil(webRate * (latencySeconds + latencyWarmUp) * 2) + 100;
  const latencies = new Latencies(count, messages, members);
  const speakers = new Speakers(crowd, dialect, count, size, latencies);
  speakers.onSaying = (speaker, seq) => latencies.saying(speaker, seq);
  return untilFault(crowd, async () => {
    const stop = speakers.keepRate(webRate);
    await after(latencyWarmUp * 1000);
    latencies.measuring = true;
    const cost = await costOfDeliveries(speakers, job.pid, latencySeconds);
    stop();
    await speakers.tail();
    const [p50, p99] = latencies.percentiles([0.5, 0.99]);
    return { ...cost, p50: p50 ?? Number.NaN, p99: p99 ?? Number.NaN };
  });
}
