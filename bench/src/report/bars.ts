import type { Measure } from '../scenarios/scenario.ts';
import { figure, type Summary, times } from './results.ts';

const WIDTH = 520;
const ROW = 34;
/** Where bars begin and may end: before them stand the names, after them the figures. */
const LEFT = 132;
const RIGHT = 355;

/** `<`, `>`, `&` and quotes made harmless. */
export function escaped(text: string): string {
  return text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** One measure as horizontal bars: medians, with a line from the lowest to the highest turn. An SVG element. */
export function bars(measure: Measure, summaries: readonly Summary[]): string {
  const most = Math.max(...summaries.map(({ max }) => max), Number.MIN_VALUE);
  const x = (value: number): string => (LEFT + (value / most) * (RIGHT - LEFT)).toFixed(1);
  const rows = summaries.map((summary, row) => {
    const y = row * ROW + 6;
    const range =
      summary.min === summary.max
        ? ''
        : `<path class="range" d="M${x(summary.min)} ${y + 7}v8m0 -4H${x(summary.max)}m0 -4v8"/>`;
    const ratio = summary.ratio === null ? '' : `<tspan class="ratio" dx="8">${times(summary.ratio)}</tspan>`;
    const length = Math.max(1, Number(x(summary.median)) - LEFT).toFixed(1);
    return `<g class="${row === 0 ? 'first' : 'peer'}">
<text x="${LEFT - 10}" y="${y + 15}" text-anchor="end">${escaped(summary.contender)}</text>
<rect x="${LEFT}" y="${y}" width="${length}" height="22" rx="3"/>${range}
<text class="figure" x="${RIGHT + 14}" y="${y + 15}">${figure(summary.median, measure)} ${escaped(measure.unit)}${ratio}</text>
</g>`;
  });
  const label = summaries
    .map((s) => `${s.contender} ${figure(s.median, measure)} ${measure.unit}`)
    .join(', ');
  const height = summaries.length * ROW + 4;
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(`${measure.title}: ${label}`)}">
${rows.join('\n')}
</svg>`;
}
