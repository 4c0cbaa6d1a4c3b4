import { setTimeout as after } from 'node:timers/promises';
import type { Contender } from '../contenders/contender.ts';
import { join } from '../load/join.ts';
import { Latencies } from '../load/latencies.ts';
import { Speakers } from '../load/speakers.ts';
import { untilFault } from '../load/until-fault.ts';
import type { Figures, Job, Scenario } from './scenario.ts';

/** How long a message takes to each member when the server has little to do. */
export const latency: Scenario = {
  type: 'load',
  name: 'latency',
  title: (s) =>
    `Latency: ${s.latencyMembers} members, ${s.speakers} speakers, ${s.latencyRate} messages a second, nothing else in flight`,
  method: (s) =>
    `The speakers take turns at even distances. Every delivery of ${s.latencySeconds} s is timed, after ${s.latencyWarmUp} s of warm-up, from just before the message is written to the speaker’s socket to when the load generator has read it from the receiver’s: both are one process, so the time in which it reads for the members before counts too, alike for all contenders.`,
  measures: [
    { key: 'p50', title: 'p50', unit: 'ms', better: 'less', digits: 2 },
    { key: 'p90', title: 'p90', unit: 'ms', better: 'less', digits: 2 },
    { key: 'p99', title: 'p99', unit: 'ms', better: 'less', digits: 2 },
    { key: 'max', title: 'slowest', unit: 'ms', better: 'less', digits: 2 },
  ],
  takes: ({ web }) => !web,
  load,
};

async function load(job: Job, contender: Contender): Promise<Figures> {
  const {
    latencyMembers,
    latencyRate,
    latencySeconds,
    latencyWarmUp,
    speakers: count,
    size,
    attempts,
  } = job.settings;
  const dialect = contender.dialect(size);
  const crowd = await join(dialect, job.port, latencyMembers, attempts ?? contender.attempts);
  const latencies = new Latencies(
    count,
    Math.ceil(latencyRate * (latencySeconds + latencyWarmUp) * 2) + 100,
    latencyMembers,
  );
  const speakers = new Speakers(crowd, dialect, count, size, latencies);
  speakers.onSaying = (speaker, seq) => latencies.saying(speaker, seq);
  return untilFault(crowd, async () => {
    const stop = speakers.keepRate(latencyRate);
    await after(latencyWarmUp * 1000);
    latencies.measuring = true;
    await after(latencySeconds * 1000);
    stop();
    await speakers.tail();
    const [p50, p90, p99, max] = latencies.percentiles([0.5, 0.9, 0.99, 1]);
    return { p50: p50 ?? Number.NaN, p90: p90 ?? Number.NaN, p99: p99 ?? Number.NaN, max: max ?? Number.NaN };
  });
}
