import { setTimeout as after } from 'node:timers/promises';
import { startAsUsersDo } from '../contenders/palabre.ts';
import { Asker } from '../load/asker.ts';
import { descriptorsOf, heldBy } from '../load/probe.ts';
import { Talk } from '../load/talk.ts';
import { type Wandered, Wanderer } from '../load/wanderer.ts';
import { chances } from '../load/words.ts';
import { residentBytes } from '../proc.ts';
import { drift } from '../verify/drift.ts';
import type { Figures, Job, Sample, Scenario } from './scenario.ts';

const MIB = 2 ** 20;
/** ms between samples, at most; there are this many of them in a short run. */
const SAMPLE_MS = 10_000;
const SAMPLES = 12;
/** How far over its last two thirds a run may rise and be flat: memory, which is steady, and latencies, which the machine disturbs. */
const MEMORY_TOLERANCE = 0.1;
const LATENCY_TOLERANCE = 0.25;
/** Members who come, are cut, come back and leave; how often one is cut; the longest that one of them waits, in ms, and of a short run's time. */
const WANDERERS = 10;
const CUTS = 3;
const PAUSE_MS = 2000;
const PAUSE_SHARE = 0.05;
/** ms between two questions, a page and a search in turn, and lines of a page. */
const ASK_EVERY_MS = 250;
const PAGE = 50;
/** ms in which the server has noticed that a connection has ended. */
const NOTICED_WITHIN = 2000;

/** Does it stay as it is when it runs on and on? */
export const soak: Scenario = {
  type: 'load',
  name: 'soak',
  title: (s) =>
    `Soak: ${s.soakMinutes} minutes, ${s.honest} members, ${s.honestRate} messages a second, comings and goings, searches`,
  method: (s) =>
    `Palabre with all its defaults, journal included. ${s.honest} members in all forms talk as under Abuse; ${WANDERERS} more come, lose their line ${CUTS} times and come back, and leave, again and again, with at most ${PAUSE_MS / 1000} s between any two of these; one asks ${1000 / ASK_EVERY_MS} times a second, for a page from anywhere and for words in turn. Everything that anybody gets is checked, what was missed while away included. Every ${SAMPLE_MS / 1000} s (a twelfth of a short run) a sample is taken. Drift is how far the straight line that fits best goes over the last two thirds, as a share of the mean; memory has risen if that is over ${MEMORY_TOLERANCE * 100} %, a latency if over ${LATENCY_TOLERANCE * 100} %. Descriptors are counted against connections at every sample: those that a server without connections has are known from the beginning. One turn.`,
  measures: [
    {
      key: 'risen',
      title: 'of heap, resident set, p50 and p99: risen',
      unit: 'of 4',
      better: 'less',
      digits: 0,
    },
    {
      key: 'descriptors',
      title: 'descriptors that no connection explains, at most',
      unit: 'open',
      better: 'less',
      digits: 0,
    },
    percent('heapDrift', 'drift of the heap, after full collections'),
    percent('residentDrift', 'drift of the resident set'),
    percent('p50Drift', 'drift of p50'),
    percent('p99Drift', 'drift of p99'),
    { key: 'p50', title: 'p50', unit: 'ms', better: 'less', digits: 2 },
    { key: 'p99', title: 'p99', unit: 'ms', better: 'less', digits: 2 },
    { key: 'resident', title: 'resident set, at the end', unit: 'MiB', better: 'less', digits: 0 },
    count('messages', 'messages'),
    count('arrivals', 'arrivals'),
    count('resumes', 'lines cut and resumed'),
    count('replayed', 'messages replayed'),
    count('asked', 'pages and searches'),
  ],
  plots: [
    {
      title: 'Memory of the server',
      unit: 'MiB',
      lines: [
        { key: 'resident', title: 'resident set' },
        { key: 'heap', title: 'heap after full collections' },
      ],
    },
    {
      title: 'Open descriptors of the server, less those that it has without connections',
      unit: '',
      lines: [
        { key: 'descriptors', title: 'descriptors' },
        { key: 'connections', title: 'connections' },
      ],
    },
    {
      title: 'Latency of deliveries',
      unit: 'ms',
      lines: [
        { key: 'p50', title: 'p50' },
        { key: 'p99', title: 'p99' },
      ],
    },
  ],
  rounds: 1,
  takes: ({ keeps }) => keeps,
  start: () => startAsUsersDo(),
  load,
};

function percent(key: string, title: string) {
  return { key, title, unit: '%', better: null, digits: 1 } as const;
}

function count(key: string, title: string) {
  return { key, title, unit: '', better: null, digits: 0 } as const;
}

async function load(
  { port, webPort, probe, pid, settings }: Job,
  _contender: unknown,
  sampled: (sample: Sample) => void,
): Promise<Figures> {
  if (webPort === undefined || probe === undefined)
    throw new Error('this scenario needs WebSockets and a probe');
  const { honest, honestRate, size, soakMinutes } = settings;
  const asker = await Asker.enter(port);
  await asker.ask({ limit: 1 });
  // Its own connection is one of them.
  const without = descriptorsOf(pid) - 1;
  const talk = new Talk(port, webPort, honest, size);
  const wandered: Wandered = { arrivals: 0, cuts: 0, resumes: 0, replayed: 0 };
  const wanderers = Array.from(
    { length: WANDERERS },
    (_, i) => new Wanderer(port, `w${process.pid}-${i}`, talk, wandered),
  );
  const samples: Sample[] = [];
  return talk.whileRight(async (fail) => {
    asker.crowd.onFault = fail;
    await talk.enter();
    const stop = talk.keepRate(honestRate);
    const soaked = soakMinutes * 60_000;
    const chance = chances(1);
    let over = false;
    const pause = (): Promise<void> => after(chance() * Math.min(PAUSE_MS, soaked * PAUSE_SHARE));
    const wander = wanderers.map(async (one) => {
      while (!over) await one.live(CUTS, pause);
    });
    let asked = 0;
    const asking = (async () => {
      const { ids } = await asker.ask({ limit: 1, after: 0 });
      for (; !over; asked++) {
        if (asked % 2 === 0)
          await asker.ask({ limit: PAGE, before: (ids[0] ?? 0) + Math.ceil(chance() * talk.messages) });
        else await asker.ask({ limit: PAGE, find: someNumber(chance() * (talk.messages / honest)) });
        await after(ASK_EVERY_MS);
      }
    })();
    for (const one of [...wander, asking]) one.catch(fail);

    const every = Math.min(SAMPLE_MS, soaked / SAMPLES);
    const began = performance.now();
    for (let i = 1; i * every <= soaked; i++) {
      await after(Math.max(0, began + i * every - performance.now()));
      const connections = (): number =>
        talk.connections + 1 + wanderers.filter(({ connected }) => connected).length;
      const open = await settledDescriptors(() => [descriptorsOf(pid) - without, connections()]);
      const { live } = await heldBy(probe);
      const { p50, p99 } = talk.window();
      const seconds = (performance.now() - began) / 1000;
      const sample = { seconds, p50, p99, heap: live / MIB, resident: residentBytes(pid) / MIB, ...open };
      samples.push(sample);
      sampled(sample);
    }
    over = true;
    await Promise.all([...wander, asking]);
    stop();
    await talk.tail();
    await asker.leave();
    const { p50, p99 } = talk.took();
    return { ...verdict(samples), p50, p99, messages: talk.messages, asked, ...wandered };
  });
}

/** A message's number as texts hold it. */
function someNumber(below: number): string {
  return String(Math.floor(below)).padStart(10, '0');
}

/** Both counts, once they are equal or the server has had the time to notice what has ended. */
async function settledDescriptors(look: () => [descriptors: number, connections: number]) {
  const deadline = performance.now() + NOTICED_WITHIN;
  for (;;) {
    const [descriptors, connections] = look();
    if (descriptors === connections || performance.now() > deadline) return { descriptors, connections };
    await after(10);
  }
}

function verdict(samples: readonly Sample[]) {
  const of = (key: string): number =>
    drift(samples.map((sample) => ({ at: sample.seconds, value: sample[key] ?? Number.NaN })));
  const drifts = { heap: of('heap'), resident: of('resident'), p50: of('p50'), p99: of('p99') };
  const risen = [
    drifts.heap > MEMORY_TOLERANCE,
    drifts.resident > MEMORY_TOLERANCE,
    drifts.p50 > LATENCY_TOLERANCE,
    drifts.p99 > LATENCY_TOLERANCE,
  ];
  return {
    risen: risen.filter(Boolean).length,
    descriptors: Math.max(
      ...samples.map(({ descriptors = 0, connections = 0 }) => Math.abs(descriptors - connections)),
    ),
    heapDrift: 100 * drifts.heap,
    residentDrift: 100 * drifts.resident,
    p50Drift: 100 * drifts.p50,
    p99Drift: 100 * drifts.p99,
    resident: samples.at(-1)?.resident ?? Number.NaN,
  };
}
