/** A value at a time. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/**
 * How far values have moved over the last two thirds of their time, as a share of their mean there: the slope of the straight line that fits them best (least
 * squares), times that time. The first third is for growing to one's size. NaN if there are fewer than three.
 */
export function drift(points: readonly Point[]): number {
  const first = points[0]?.at ?? 0;
  const last = points.at(-1)?.at ?? 0;
  const later = points.filter(({ at, value }) => at >= first + (last - first) / 3 && !Number.isNaN(value));
  if (later.length < 3) return Number.NaN;
  const meanAt = mean(later.map(({ at }) => at));
  const meanValue = mean(later.map(({ value }) => value));
  let covered = 0;
  let spread = 0;
  for (const { at, value } of later) {
    covered += (at - meanAt) * (value - meanValue);
    spread += (at - meanAt) ** 2;
  }
  const time = last - (later[0]?.at ?? 0);
  return ((covered / spread) * time) / meanValue;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
