import { setTimeout as after } from 'node:timers/promises';
import type { Contender } from '../contenders/contender.ts';
import { Asker, type Question } from '../load/asker.ts';
import { enterExtended } from '../load/extended.ts';
import { join } from '../load/join.ts';
import { Latencies } from '../load/latencies.ts';
import { Receipts } from '../load/receipts.ts';
import { Speakers } from '../load/speakers.ts';
import { untilFault } from '../load/until-fault.ts';
import { chances, frequent, rare } from '../load/words.ts';
import { median, percentile } from '../percentiles.ts';
import type { Settings } from '../settings.ts';
import { filledDirectory, startFilled, wordyLines } from './filled.ts';
import type { Figures, Job, Measure, Scenario } from './scenario.ts';
import { firstLine } from './start.ts';

/** Messages asked for at once. */
const PAGE = 50;
/** Members there when the server is ended, and what each has said: as many messages as refs of it are remembered. */
const MEMBERS_AT_RESTART = 100;
const SAID_BY_EACH = 256;
/** How often a time without searches is followed by one with them: what else happens on the machine meets both. */
const ALTERNATIONS = 3;

const ms = (key: string, title: string, digits = 2): Measure => ({
  key,
  title,
  unit: 'ms',
  better: 'less',
  digits,
});
const full = (s: Settings) =>
  `The journal holds ${s.messages.toLocaleString('en')} messages of ten words each, said in the lobby through the server before the first turn.`;
const sizeOf = (s: Settings) => `${s.messages.toLocaleString('en')} messages in the journal`;

/** How long a page of history takes, and a search. */
export const history: Scenario = {
  type: 'load',
  name: 'history',
  title: (s) => `History: ${sizeOf(s)}, pages and searches of ${PAGE}`,
  method: (s) =>
    `${full(s)} One member asks, ${s.asks} times each: a page from anywhere (HST with before), the newest messages that hold one of the ten most frequent words (each in a tenth to a half of all), and those that hold one of the rarer half of all words (each in about one of 15,000). From just before the question is written to when the last line of its answer is read; every answer is checked.`,
  measures: [
    ms('page50', 'page, p50'),
    ms('page99', 'page, p99'),
    ms('frequent50', 'search for a frequent word, p50'),
    ms('frequent99', 'search for a frequent word, p99'),
    ms('rare50', 'search for a rare word, p50'),
    ms('rare99', 'search for a rare word, p99'),
  ],
  takes: ({ keeps }) => keeps,
  start: startFilled,
  load: loadHistory,
};

/** What searching does to those who talk meanwhile. */
export const historyChat: Scenario = {
  type: 'load',
  name: 'history-chat',
  title: (s) =>
    `History: ${sizeOf(s)}, latency for ${s.latencyMembers} members while another searches without pause`,
  method: (s) =>
    `${full(s)} ${s.latencyRate} messages a second are said and timed as under Latency, for ${s.latencySeconds} s without searches and then for ${s.latencySeconds} s while one more member asks one search after the other, for frequent and rare words in turn; ${ALTERNATIONS} times over, of which the medians are given. Its answers are read by the load generator too, between the members’ messages.`,
  measures: [
    ms('without', 'p99 without searches'),
    ms('with', 'p99 while searches run'),
    ms('without50', 'p50 without searches'),
    ms('with50', 'p50 while searches run'),
    { key: 'searches', title: 'searches a second meanwhile', unit: '/s', better: null, digits: 0 },
  ],
  takes: ({ keeps }) => keeps,
  start: startFilled,
  load: loadChat,
};

/** How long the chat is away when its server is restarted. */
export const historyStart: Scenario = {
  type: 'whole',
  name: 'history-start',
  title: (s) => `History: ${sizeOf(s)}, restart`,
  method: (s) =>
    `${full(s)} ${MEMBERS_AT_RESTART} members in the extended form are in, and each has said ${SAID_BY_EACH} messages whose refs must be remembered. The server is told to end (SIGTERM); once it has, one is started on the same directory, and a client that connects as soon as it can waits for WHO.`,
  measures: [
    ms('restart', 'from SIGTERM to WHO', 0),
    ms('end', 'of this, until the old server has ended', 0),
    ms('start', 'of this, from the new one’s start to WHO', 0),
  ],
  takes: ({ keeps }) => keeps,
  run: restart,
};

async function loadHistory({ port, settings }: Job): Promise<Figures> {
  const asker = await Asker.enter(port);
  return untilFault(asker.crowd, async () => {
    const [oldest = 0] = (await asker.ask({ limit: 1, after: 0 })).ids;
    const [newest = 0] = (await asker.ask({ limit: 1 })).ids;
    const chance = chances(1);
    const anywhere = () => oldest + 1 + Math.floor(chance() * (newest - oldest));
    const page = await times(asker, settings.asks, () => ({ limit: PAGE, before: anywhere() }));
    const often = await times(asker, settings.asks, (i) => ({ limit: PAGE, find: frequent(i) }));
    const seldom = await times(asker, settings.asks, (i) => ({ limit: PAGE, find: rare(i) }));
    await asker.leave();
    return {
      page50: percentile(page, 0.5),
      page99: percentile(page, 0.99),
      frequent50: percentile(often, 0.5),
      frequent99: percentile(often, 0.99),
      rare50: percentile(seldom, 0.5),
      rare99: percentile(seldom, 0.99),
    };
  });
}

/** Asks `count` questions; returns the sorted times of their answers. */
async function times(asker: Asker, count: number, question: (i: number) => Question): Promise<Float64Array> {
  const answers = new Float64Array(count);
  for (let i = 0; i < count; i++) answers[i] = (await asker.ask(question(i))).ms;
  return answers.sort();
}

async function loadChat({ port, settings }: Job, contender: Contender): Promise<Figures> {
  const { latencyMembers, latencyRate, latencySeconds, latencyWarmUp, speakers: count, size } = settings;
  // Before the crowd, whose members must be told of nobody but one another.
  const asker = await Asker.enter(port);
  return untilFault(asker.crowd, async () => {
    const dialect = contender.dialect(size);
    const crowd = await join(dialect, port, latencyMembers, contender.attempts);
    const messages = Math.ceil(latencyRate * (2 * ALTERNATIONS * latencySeconds + latencyWarmUp) * 2) + 100;
    const latencies = new Latencies(count, messages, latencyMembers);
    const speakers = new Speakers(crowd, dialect, count, size, latencies);
    speakers.onSaying = (speaker, seq) => latencies.saying(speaker, seq);
    const withoutAndWith = async (): Promise<Figures> => {
      latencies.clear();
      await after(latencySeconds * 1000);
      const [without50, without] = latencies.percentiles([0.5, 0.99]);
      const searching = searchOn(asker);
      latencies.clear();
      const began = performance.now();
      await Promise.race([after(latencySeconds * 1000), searching.failed]);
      const seconds = (performance.now() - began) / 1000;
      const [with50, withSearches] = latencies.percentiles([0.5, 0.99]);
      const searches = (await searching.stop()) / seconds;
      return {
        without: without ?? Number.NaN,
        without50: without50 ?? Number.NaN,
        with: withSearches ?? Number.NaN,
        with50: with50 ?? Number.NaN,
        searches,
      };
    };
    const figures = await untilFault(crowd, async () => {
      const stop = speakers.keepRate(latencyRate);
      await after(latencyWarmUp * 1000);
      latencies.measuring = true;
      const turns: Figures[] = [];
      for (let i = 0; i < ALTERNATIONS; i++) turns.push(await withoutAndWith());
      latencies.measuring = false;
      stop();
      await speakers.tail();
      return medians(turns);
    });
    await asker.leave();
    return figures;
  });
}

/** Of each figure, its median. */
function medians(turns: readonly Figures[]): Figures {
  const keys = Object.keys(turns[0] ?? {});
  return Object.fromEntries(
    keys.map((key) => [key, median(turns.map((figures) => figures[key] ?? Number.NaN))]),
  );
}

/** Has it ask one search after the other. `stop` resolves with how many there were; `failed` rejects with what was wrong. */
function searchOn(asker: Asker): { stop: () => Promise<number>; failed: Promise<never> } {
  let searches = 0;
  let stopped = false;
  const all = (async () => {
    for (; !stopped; searches++) {
      const find = searches % 2 === 0 ? frequent(searches / 2) : rare(searches);
      await asker.ask({ limit: PAGE, find });
    }
  })();
  const stop = async (): Promise<number> => {
    stopped = true;
    await all;
    return searches;
  };
  return { stop, failed: all.then(() => new Promise<never>(() => {})) };
}

let restarts = 0;

async function restart(contender: Contender, settings: Settings): Promise<Figures> {
  const directory = await filledDirectory(contender, settings);
  const server = await contender.start(directory);
  try {
    restarts++;
    // Names of this turn's own: the members of the one before are still waited for.
    const crowd = await enterExtended(server.port, MEMBERS_AT_RESTART, (i) => `turn${restarts}member${i}`);
    return await untilFault(crowd, async () => {
      const lines = crowd.members.map(({ index }) => wordyLines(index));
      const receipts = new Receipts(crowd, { lines, text: null, heard: true });
      await receipts.sayAll(settings.outstanding, SAID_BY_EACH);
      await receipts.tail();
      crowd.closing();
      const began = performance.now();
      await server.end();
      const ended = performance.now();
      const next = await contender.start(directory);
      try {
        await firstLine(next.port, '');
        const there = performance.now();
        return { restart: there - began, end: ended - began, start: there - ended };
      } finally {
        await next.stop();
      }
    });
  } finally {
    await server.stop();
  }
}
