import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as after } from 'node:timers/promises';
import { assault } from '../abuse/assault.ts';
import { startAsUsersDo } from '../contenders/palabre.ts';
import { heldBy } from '../load/probe.ts';
import { Talk } from '../load/talk.ts';
import { cpuTime, residentBytes } from '../proc.ts';
import type { Settings } from '../settings.ts';
import type { Figures, Job, Sample, Scenario } from './scenario.ts';

/** Samples in each part of a turn. */
const SAMPLES = 30;
/** The time that the server's memory has to return in, as a share of that of the abuse: V8 gives it back at its next full collection. And how near. */
const RETURN_WITHIN = 0.6;
const NEAR = 1.2;
const MIB = 2 ** 20;

/** What honest members feel of all sorts of abuse at once. */
export const abuse: Scenario = {
  type: 'load',
  name: 'abuse',
  title: (s) =>
    `Abuse: ${s.honest} honest members, ${s.honestRate} messages a second, among ${abusersOf(s).toLocaleString('en')} abusers`,
  method: (s) =>
    `Palabre with all its defaults, journal and limits included, behind a proxy that it trusts (--trust-proxy): everybody has an address of their own, so that the limits of an address hold, which the machine’s own is not under. Honest members, a quarter each plain and extended over TCP and over WebSockets, take turns to speak at even distances; every delivery is checked (nothing lost, doubled or out of order) and timed, first for ${s.abuseAlone} s alone, then for ${s.abuseSeconds} s beside ${kindsOf(s)}. Abusers are a process of their own, which gives way to the one that measures, and come back when they are cut off. What floods may say, 20 lines a second each, is traffic that everybody gets. Memory is the server’s resident set with the honest members alone, and again once the abusers have gone, within ${RETURN_WITHIN * s.abuseSeconds} s. Where the honest process itself is late, other programs hold its core: then the server’s own event loop tells more. One turn.`,
  measures: [
    { key: 'p50Alone', title: 'p50, alone', unit: 'ms', better: 'less', digits: 2 },
    { key: 'p50', title: 'p50, under abuse', unit: 'ms', better: 'less', digits: 2 },
    { key: 'p99Alone', title: 'p99, alone', unit: 'ms', better: 'less', digits: 2 },
    { key: 'p99', title: 'p99, under abuse', unit: 'ms', better: 'less', digits: 2 },
    { key: 'times', title: 'p99 under abuse to p99 alone (at most 3)', unit: '×', better: 'less', digits: 2 },
    { key: 'max', title: 'slowest, under abuse', unit: 'ms', better: 'less', digits: 0 },
    { key: 'memoryBefore', title: 'memory before', unit: 'MiB', better: null, digits: 0 },
    { key: 'memoryMost', title: 'memory at most', unit: 'MiB', better: null, digits: 0 },
    {
      key: 'memory',
      title: 'memory afterwards to before (at most 1.2)',
      unit: '×',
      better: 'less',
      digits: 2,
    },
    { key: 'reconnects', title: 'connections of those who reconnect', unit: '/s', better: null, digits: 0 },
    { key: 'flooded', title: 'sent by those who flood', unit: 'MiB', better: null, digits: 0 },
    { key: 'abusersCpu', title: 'abusers’ own CPU', unit: '%', better: null, digits: 0 },
    { key: 'cpuAlone', title: 'server CPU, alone', unit: '%', better: null, digits: 0 },
    { key: 'cpu', title: 'server CPU, under abuse', unit: '%', better: null, digits: 0 },
    {
      key: 'lateAlone',
      title: 'server: its event loop late, p99, alone',
      unit: 'ms',
      better: 'less',
      digits: 2,
    },
    {
      key: 'late',
      title: 'server: its event loop late, p99, under abuse',
      unit: 'ms',
      better: 'less',
      digits: 2,
    },
    {
      key: 'loop',
      title: 'honest process: its own event loop late, p99',
      unit: 'ms',
      better: null,
      digits: 2,
    },
  ],
  plots: [
    {
      title: 'Latency of honest deliveries; the abusers come after the first third',
      unit: 'ms',
      lines: [
        { key: 'p50', title: 'p50' },
        { key: 'p99', title: 'p99' },
      ],
    },
    { title: 'Memory of the server', unit: 'MiB', lines: [{ key: 'memory', title: 'resident set' }] },
  ],
  rounds: 1,
  takes: ({ keeps }) => keeps,
  start: () => startAsUsersDo(['--trust-proxy', '127.0.0.1']),
  load,
};

function abusersOf({ abusers }: Settings): number {
  return Object.values(abusers).reduce((sum, count) => sum + count, 0);
}

function kindsOf({ abusers }: Settings): string {
  return [
    `${abusers.idle.toLocaleString('en')} idle connections`,
    `${abusers.dripping} that send a byte a second`,
    `${abusers.floods} members that say all they can`,
    `${abusers.garbage} strangers that send bytes that are no text as fast as they can`,
    `${abusers.mute} members that never read`,
    `${abusers.reconnecting} that connect again and again`,
    `${abusers.pinging} that flood with the pings of WebSockets`,
  ].join(', ');
}

async function load(
  { port, webPort, probe, pid, settings }: Job,
  _contender: unknown,
  sampled: (sample: Sample) => void,
): Promise<Figures> {
  if (webPort === undefined || probe === undefined)
    throw new Error('this scenario needs WebSockets and a probe');
  const { honest, honestRate, size, abuseAlone, abuseSeconds, latencyWarmUp, abusers: kinds } = settings;
  const talk = new Talk(port, webPort, honest, size, true);
  const began = performance.now();
  const part = (seconds: number) => measured(talk, pid, probe, seconds, began, sampled);
  return talk.whileRight(async () => {
    await talk.enter();
    const stop = talk.keepRate(honestRate);
    await after(latencyWarmUp * 1000);
    const alone = await part(abuseAlone);
    const memoryBefore = residentBytes(pid);
    const underWay = await assault({ port, webPort, kinds });
    talk.took();
    const under = await part(abuseSeconds);
    const { reconnects, floodedBytes, cpuMs } = await underWay.end();
    const memory = await returned(pid, memoryBefore, RETURN_WITHIN * abuseSeconds);
    stop();
    await talk.tail();
    return {
      p50Alone: alone.p50,
      p99Alone: alone.p99,
      cpuAlone: alone.cpu,
      lateAlone: alone.late,
      late: under.late,
      p50: under.p50,
      p99: under.p99,
      max: under.max,
      cpu: under.cpu,
      loop: under.loop,
      times: under.p99 / alone.p99,
      memoryBefore: memoryBefore / MIB,
      memoryMost: under.memory / MIB,
      memory: memory / memoryBefore,
      reconnects: reconnects / under.seconds,
      flooded: floodedBytes / MIB,
      abusersCpu: cpuMs / 10 / under.seconds,
    };
  });
}

/** How deliveries fare for so many seconds. */
async function measured(
  talk: Talk,
  pid: number,
  probe: string,
  seconds: number,
  began: number,
  sampled: (sample: Sample) => void,
) {
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  // From here on: it counts since it was last asked.
  await heldBy(probe);
  const cpu = cpuTime(pid);
  const start = performance.now();
  let memory = 0;
  for (let i = 1; i <= SAMPLES; i++) {
    await after(Math.max(0, start + (i * seconds * 1000) / SAMPLES - performance.now()));
    const resident = residentBytes(pid);
    memory = Math.max(memory, resident);
    const { p50, p99 } = talk.window();
    sampled({ seconds: (performance.now() - began) / 1000, p50, p99, memory: resident / MIB });
  }
  const spent = performance.now() - start;
  loop.disable();
  return {
    ...talk.took(),
    seconds: spent / 1000,
    memory,
    cpu: ((cpuTime(pid) - cpu) * 100) / spent,
    loop: loop.percentile(99) / 1e6,
    late: (await heldBy(probe)).lateMs,
  };
}

/** The server's memory once it is near what it was before, or the time for that is over. */
async function returned(pid: number, before: number, seconds: number): Promise<number> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const bytes = residentBytes(pid);
    if (bytes <= before * NEAR || performance.now() > deadline) return bytes;
    await after(1000);
  }
}
