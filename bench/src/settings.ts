import type { Kinds } from './abuse/abusers.ts';

/** What a run is to measure, and how large: the flags of `npm run bench`, once read. */
export interface Settings {
  /** Members of the room in the fan-out scenario. */
  readonly members: number;
  /** Members who speak, in the fan-out and latency scenarios. */
  readonly speakers: number;
  /** Fan-out: messages said and not yet received by everybody, over all speakers. */
  readonly inFlight: number;
  /** Fan-out: messages a second instead of a number in flight. */
  readonly rate: number | null;
  /** Bytes of a message's text. */
  readonly size: number;
  /** Seconds measured in a turn. */
  readonly seconds: number;
  /** Seconds of the same load before the measured ones. */
  readonly warmUp: number;
  /** Latency: seconds measured in a turn. More than elsewhere: the slowest hundredth of few messages would be chance. */
  readonly latencySeconds: number;
  /** Latency: seconds of the same load before: servers that compile as they run are measured as they are once they have. */
  readonly latencyWarmUp: number;
  /** How often every contender has its turn. */
  readonly rounds: number;
  /** Latency: members of the room. */
  readonly latencyMembers: number;
  /** Latency: messages a second, over all speakers. */
  readonly latencyRate: number;
  /** WebSockets, with nothing in flight: messages a second, over all speakers. */
  readonly webRate: number;
  /** Join: members, for contenders to whom a newcomer is cheap. */
  readonly joinMembers: number;
  /** Join: members, for every contender. */
  readonly joinMembersForAll: number;
  /** Connections opened and not yet in the room, at any moment; null: as many as suit each contender best. */
  readonly attempts: number | null;
  /** Receipts: members who speak. */
  readonly receiptSpeakers: number;
  /** Receipts: messages that each has said at most and holds no receipt for; more are said when half of them are receipted. */
  readonly outstanding: number;
  /** Send: lines. */
  readonly sendLines: number;
  /** History: messages in the journal. */
  readonly messages: number;
  /** History: how often each question is asked in a turn. */
  readonly asks: number;
  /** Abuse and soak: honest members, and messages a second of all of them together. */
  readonly honest: number;
  readonly honestRate: number;
  /** Abuse: seconds measured without abusers, and with them. */
  readonly abuseAlone: number;
  readonly abuseSeconds: number;
  /** Abuse: how many of each kind. */
  readonly abusers: Kinds;
  /** Soak: minutes that it runs. */
  readonly soakMinutes: number;
}

export const DEFAULTS: Settings = {
  members: 1000,
  speakers: 10,
  inFlight: 1000,
  rate: null,
  size: 64,
  seconds: 4,
  warmUp: 1,
  latencySeconds: 6,
  latencyWarmUp: 4,
  rounds: 5,
  latencyMembers: 100,
  latencyRate: 100,
  webRate: 20,
  joinMembers: 9000,
  joinMembersForAll: 1000,
  attempts: null,
  receiptSpeakers: 100,
  outstanding: 128,
  sendLines: 100_000,
  messages: 1_000_000,
  asks: 500,
  honest: 200,
  honestRate: 100,
  abuseAlone: 60,
  abuseSeconds: 300,
  abusers: {
    idle: 5000,
    dripping: 500,
    floods: 50,
    garbage: 50,
    mute: 50,
    reconnecting: 20,
    pinging: 10,
  },
  soakMinutes: 2,
};

/** A run of a few seconds that shows only that everything works. */
export const QUICK: Settings = {
  ...DEFAULTS,
  members: 20,
  speakers: 3,
  inFlight: 30,
  seconds: 0.3,
  warmUp: 0.1,
  latencySeconds: 0.3,
  latencyWarmUp: 0.1,
  rounds: 1,
  latencyMembers: 10,
  joinMembers: 40,
  joinMembersForAll: 20,
  receiptSpeakers: 5,
  outstanding: 16,
  sendLines: 500,
  messages: 3000,
  asks: 10,
  honest: 12,
  abuseAlone: 1,
  abuseSeconds: 2,
  abusers: { idle: 20, dripping: 5, floods: 2, garbage: 2, mute: 2, reconnecting: 2, pinging: 2 },
  soakMinutes: 0.05,
};
