import { median } from '../percentiles.ts';
import type { Figures, Measure, Plot, Sample } from '../scenarios/scenario.ts';
import type { Settings } from '../settings.ts';

/** What a run found: the content of `--json`, and all that a report is made of. */
export interface Results {
  /** ISO 8601. */
  readonly date: string;
  readonly command: string;
  readonly machine: Machine;
  readonly settings: Settings;
  readonly contenders: readonly Participant[];
  readonly scenarios: readonly ScenarioResults[];
  /** What a contender got wrong, in which turn. Empty, or the run has failed. */
  readonly faults: readonly string[];
}

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
  readonly kernel: string;
  readonly node: string;
  /** Were server and load generator each kept on a core of their own? */
  readonly pinned: boolean;
}

export interface Participant {
  readonly name: string;
  readonly version: string;
  readonly note: string;
}

export interface ScenarioResults {
  readonly name: string;
  readonly title: string;
  readonly method: string;
  readonly measures: readonly Measure[];
  /** By contender: the figures of its turns. */
  readonly turns: Readonly<Record<string, readonly Figures[]>>;
  /** Where it is shown how a turn went. */
  readonly plots?: readonly Plot[];
  /** By contender: the samples of its turns. */
  readonly samples?: Readonly<Record<string, readonly (readonly Sample[])[]>>;
}

/** One measure of one contender, over all its turns. */
export interface Summary {
  readonly contender: string;
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** Its median divided by the first contender's; null for the first itself. */
  readonly ratio: number | null;
}

/** One measure of every contender that had a turn. */
export function summaries(scenario: ScenarioResults, measure: Measure): Summary[] {
  let first: number | null = null;
  const found: Summary[] = [];
  for (const [contender, turns] of Object.entries(scenario.turns)) {
    const values = turns.map((figures) => figures[measure.key] ?? Number.NaN);
    if (values.length === 0) continue;
    const middle = median(values);
    const ratio = first === null ? null : middle / first;
    first ??= middle;
    found.push({ contender, median: middle, min: Math.min(...values), max: Math.max(...values), ratio });
  }
  return found;
}

/** A figure as its measure wants it shown, without the unit. */
export function figure(value: number, measure: Measure): string {
  return value.toLocaleString('en', {
    minimumFractionDigits: measure.digits,
    maximumFractionDigits: measure.digits,
  });
}

/** `12×`, `0.31×` */
export function times(ratio: number): string {
  return `${ratio.toLocaleString('en', { maximumSignificantDigits: 2 })}×`;
}
