import type { Contender, Server } from '../contenders/contender.ts';
import type { Settings } from '../settings.ts';

/** One figure that a scenario yields. */
export interface Measure {
  readonly key: string;
  readonly title: string;
  readonly unit: string;
  /** null: neither, it is there to judge the others by. */
  readonly better: 'more' | 'less' | null;
  /** Digits after the point where it is shown. */
  readonly digits: number;
}

/** Whether it was the server that was measured, or who measured it. */
export const generator: Measure = {
  key: 'generator',
  title: 'load generator’s own CPU (near 100, it is the limit)',
  unit: '%',
  better: null,
  digits: 0,
};

/** The figures of one turn, by their measures' keys. */
export type Figures = Readonly<Record<string, number>>;

/** What was found at one moment of a long turn, by the keys of a scenario's plots; `seconds` since its beginning. */
export type Sample = Readonly<Record<string, number>> & { readonly seconds: number };

/** Samples over time, as lines in one plot. */
export interface Plot {
  readonly title: string;
  readonly unit: string;
  /** What the samples call them, and what a reader does. */
  readonly lines: readonly { readonly key: string; readonly title: string }[];
}

/** What a load process is to do: everything it needs to know. */
export interface Job {
  readonly contender: string;
  readonly scenario: string;
  readonly port: number;
  readonly webPort?: number | undefined;
  readonly probe?: string | undefined;
  readonly pid: number;
  readonly settings: Settings;
}

interface Described {
  /** As in `--scenario`. */
  readonly name: string;
  readonly title: (settings: Settings) => string;
  /** How it is measured, in a few sentences for the report. */
  readonly method: (settings: Settings) => string;
  readonly measures: readonly Measure[];
  readonly takes: (contender: Contender) => boolean;
  /** Of a turn so long that it is shown how it went. */
  readonly plots?: readonly Plot[];
  /** How often every contender has its turn, if not as often as in the others. */
  readonly rounds?: number;
}

/** A scenario is a load put on a running server from a process of its own, or a turn that starts the server itself. */
export type Scenario = Described &
  (
    | {
        readonly type: 'load';
        /** How the server is started, if not as the contender always is. */
        readonly start?: (contender: Contender, settings: Settings) => Promise<Server>;
        /** `sampled` is given what is found on the way. */
        readonly load: (
          job: Job,
          contender: Contender,
          sampled: (sample: Sample) => void,
        ) => Promise<Figures>;
      }
    | {
        readonly type: 'whole';
        readonly run: (contender: Contender, settings: Settings) => Promise<Figures>;
      }
  );
