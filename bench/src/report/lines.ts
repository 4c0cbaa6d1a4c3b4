import type { Plot, Sample } from '../scenarios/scenario.ts';
import { escaped } from './bars.ts';

const WIDTH = 520;
const HEIGHT = 220;
/** The frame: beside and below it stand the scales. */
const LEFT = 52;
const RIGHT = WIDTH - 8;
const TOP = 10;
const BOTTOM = HEIGHT - 40;
/** Marks on the upright scale, 0 not counted. */
const MARKS = 4;

/** Samples as lines over time, from 0 on. An SVG element. */
export function lines(plot: Plot, samples: readonly Sample[]): string {
  const values = plot.lines.flatMap(({ key }) => samples.map((sample) => sample[key] ?? Number.NaN));
  const most = roundUp(Math.max(...values.filter((value) => !Number.isNaN(value)), Number.MIN_VALUE));
  const end = samples.at(-1)?.seconds ?? 1;
  const x = (seconds: number): string => (LEFT + (seconds / end) * (RIGHT - LEFT)).toFixed(1);
  const y = (value: number): string => (BOTTOM - (value / most) * (BOTTOM - TOP)).toFixed(1);
  const marks = Array.from({ length: MARKS + 1 }, (_, i) => {
    const value = (most * i) / MARKS;
    return `<path class="mark" d="M${LEFT} ${y(value)}H${RIGHT}"/><text class="scale" x="${LEFT - 6}" y="${Number(y(value)) + 4}" text-anchor="end">${short(value)}</text>`;
  });
  const drawn = plot.lines.map(({ key }, i) => {
    const points = samples
      .filter((sample) => !Number.isNaN(sample[key] ?? Number.NaN))
      .map((sample) => `${x(sample.seconds)} ${y(sample[key] ?? 0)}`);
    return `<path class="line${i}" d="M${points.join('L')}"/>`;
  });
  const names = plot.lines.map(({ title }, i) => {
    const at = LEFT + (i * (RIGHT - LEFT)) / plot.lines.length;
    return `<path class="line${i}" d="M${at} ${HEIGHT - 8}h16"/><text class="scale" x="${at + 22}" y="${HEIGHT - 4}">${escaped(title)}</text>`;
  });
  const last = plot.lines
    .map(({ key, title }) => `${title} ${short(samples.at(-1)?.[key] ?? 0)} ${plot.unit}`)
    .join(', ');
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(`${plot.title}; at the end: ${last}`)}">
${[...marks, ...drawn, ...names].join('\n')}
<text class="scale" x="${RIGHT}" y="${BOTTOM + 16}" text-anchor="end">${timeOf(end)}</text>
</svg>`;
}

function timeOf(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${(seconds / 60).toFixed(1)} min`;
}

function short(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}

/** The next of 1, 2, 4, 5, 8 or 10 times a power of ten. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([1, 2, 4, 5, 8, 10].find((step) => step * power >= value) ?? 10);
}
