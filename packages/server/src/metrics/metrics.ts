/** What Prometheus is told. Loaded only where somebody may ask. */
import { readdir } from 'node:fs/promises';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Counters, Measures, Tally } from './counters.ts';

/** What there is of connections at one moment. */
export interface ConnectionsCensus {
  /** How many connections there are of each kind: by which way in, reading which form. */
  readonly connections: readonly {
    readonly listener: string;
    readonly form: string;
    readonly count: number;
  }[];
  /** Connections that are over 256 KiB behind. */
  readonly lagging: number;
  /** Bytes that all connections together are owed, and the one that is owed most. */
  readonly owedBytes: number;
  readonly owedBytesMost: number;
  /** Nothing is read from those who speak, since those who listen are behind (4.3). */
  readonly speakersWait: boolean;
}

/** What there is at one moment, found when it is asked for. */
export interface Census extends ConnectionsCensus {
  readonly connectionsMax: number;
  readonly members: number;
  /** Those of them whose last connection is lost and who may come back (3.7). */
  readonly lingering: number;
  /** Beside the lobby. */
  readonly rooms: number;
  /** Commands that wait for a commit to begin. */
  readonly commitWaiting: number;
  /** The last commit failed: no message is taken. */
  readonly journalTrouble: boolean;
  /** When the certificate ends, in ms since 1970, if there is one. */
  readonly certificateEnds: number | undefined;
}

const SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
const BYTES = [64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304];
const RECORDS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/**
 * These list every socket to count them, on the thread of the chat: with 8,000 connections 30 ms of each scrape. What is open we count
 * ourselves, and files are listed by another thread.
 */
const LISTING = /^nodejs_active_|^process_open_fds$/;

export class Metrics {
  /** What the parts of the server measure into. */
  readonly measures: Measures;
  readonly #registry = new Registry();
  #take: () => Census | undefined = () => undefined;
  /** That of the scrape under way: one walk for all that is told. */
  #census: Census | undefined;

  /** Those of the process and of Node.js bear the names that prom-client gives them, so that dashboards made for any Node.js fit. */
  constructor(version: string) {
    collectDefaultMetrics({ register: this.#registry });
    for (const metric of this.#registry.getMetricsAsArray())
      if (LISTING.test(metric.name)) this.#registry.removeSingleMetric(metric.name);
    this.#openFiles();
    this.#labelled('build_info', 'The version of Palabre, and of Node.js', ['version', 'node'], (set) =>
      set({ version, node: process.versions.node }, 1),
    );
    this.measures = {
      flushSeconds: this.#histogram('flush_seconds', 'Time that a flush took', SECONDS),
      flushBytes: this.#histogram('flush_bytes', 'Bytes gathered for a flush', BYTES),
      commitSeconds: this.#histogram('commit_seconds', 'Time until a commit was durable', SECONDS),
      commitRecords: this.#histogram('commit_records', 'Records that shared a commit', RECORDS),
      historySeconds: this.#histogram('history_seconds', 'Time to read the history asked for', SECONDS),
      replaySeconds: this.#histogram('replay_seconds', 'Time to read what somebody missed', SECONDS),
    };
  }

  /** The type of what `text` gives. */
  get contentType(): string {
    return this.#registry.contentType;
  }

  /** In the text format of Prometheus. */
  async text(): Promise<string> {
    this.#census = this.#take();
    return this.#registry.metrics();
  }

  /** From now on this server is told of: `take` finds what there is in it. */
  observe(counters: Counters, take: () => Census): void {
    this.#take = take;
    this.#counters(counters);
    this.#gauges();
    if (take().certificateEnds !== undefined)
      this.#gauge('certificate_ends_seconds', 'When the certificate ends, in seconds since 1970', (census) =>
        Math.floor((census.certificateEnds ?? 0) / 1000),
      );
  }

  #openFiles(): void {
    if (process.platform !== 'linux') return;
    new Gauge({
      name: 'process_open_fds',
      help: 'Number of open file descriptors.',
      registers: [this.#registry],
      async collect() {
        // At the limit there is none left to list them with: then it stays what it was.
        const files = await readdir('/proc/self/fd').catch(() => undefined);
        if (files) this.set(files.length - 1);
      },
    });
  }

  #counters(counters: Counters): void {
    this.#tally('connections_opened_total', 'Connections taken', 'listener', counters.opened);
    this.#tally('connections_closed_total', 'Connections ended', 'why', counters.closed);
    this.#tally('connections_refused_total', 'Connections not taken', 'reason', counters.notTaken);
    this.#counter('members_entered_total', 'Members who came in', () => counters.membersEntered);
    this.#counter('members_resumed_total', 'Connections that came back', () => counters.membersResumed);
    this.#tally('members_left_total', 'Members who left', 'why', counters.membersLeft);
    this.#counter('read_bytes_total', 'Bytes read from connections', () => counters.bytesRead);
    this.#counter('lines_heard_total', 'Lines heard', () => counters.linesHeard);
    this.#tally('refusals_total', 'Lines answered ERR or TKN', 'why', counters.refusals);
    this.#counter('broadcasts_total', 'Lines for a whole room', () => counters.broadcasts);
    this.#counter('deliveries_total', 'Lines times connections that they are for', () => counters.deliveries);
    this.#counter('pauses_total', 'Times that speakers had to wait', () => counters.pauses);
    this.#counter('commit_failures_total', 'Commits that failed', () => counters.commitFailures);
    this.#counter('history_failures_total', 'Readings that failed', () => counters.historyFailures);
  }

  #gauges(): void {
    this.#labelled('connections', 'Connections', ['listener', 'form'], (set) => {
      for (const { count, ...kind } of this.#census?.connections ?? []) set(kind, count);
    });
    this.#gauge('connections_max', 'Connections that may be open', (census) => census.connectionsMax);
    this.#gauge('connections_lagging', 'Connections over 256 KiB behind', (census) => census.lagging);
    this.#gauge('owed_bytes', 'Bytes owed to all connections', (census) => census.owedBytes);
    this.#gauge('owed_bytes_most', 'Bytes owed to one connection', (census) => census.owedBytesMost);
    this.#gauge('speakers_wait', '1 while no speaker is read', (census) => Number(census.speakersWait));
    this.#gauge('members', 'Members, those who may come back included', (census) => census.members);
    this.#gauge('members_lingering', 'Members who are waited for', (census) => census.lingering);
    this.#gauge('rooms', 'Rooms beside the lobby', (census) => census.rooms);
    this.#gauge('commit_waiting', 'Commands waiting for a commit', (census) => census.commitWaiting);
    this.#gauge('journal_trouble', '1 while nothing can be kept', (census) => Number(census.journalTrouble));
  }

  #histogram(name: string, help: string, buckets: number[]): Histogram {
    return new Histogram({ name: `palabre_${name}`, help, buckets, registers: [this.#registry] });
  }

  #counter(name: string, help: string, read: () => number): void {
    new Counter({
      name: `palabre_${name}`,
      help,
      registers: [this.#registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  }

  #tally(name: string, help: string, label: string, tally: Tally<string>): void {
    new Counter({
      name: `palabre_${name}`,
      help,
      labelNames: [label],
      registers: [this.#registry],
      collect() {
        this.reset();
        for (const [key, times] of tally) this.inc({ [label]: key }, times);
      },
    });
  }

  #gauge(name: string, help: string, read: (census: Census) => number): void {
    this.#labelled(name, help, [], (set) => {
      if (this.#census) set({}, read(this.#census));
    });
  }

  #labelled(
    name: string,
    help: string,
    labelNames: string[],
    tell: (set: (labels: Record<string, string>, value: number) => void) => void,
  ): void {
    new Gauge({
      name: `palabre_${name}`,
      help,
      labelNames,
      registers: [this.#registry],
      collect() {
        this.reset();
        tell((labels, value) => this.set(labels, value));
      },
    });
  }
}
