import { figure, type Results, type ScenarioResults, summaries, times } from './results.ts';

/** The results as text: a table for each scenario. */
export function table(results: Results): string {
  const { machine } = results;
  const head = [
    `${machine.cpu}, ${machine.cores} cores${machine.pinned ? ' (server on one, load on the other)' : ''}, Linux ${machine.kernel}`,
    ...results.contenders.map(({ name, version }) => `${name} ${version}`),
    'Medians; (lowest–highest); × the first one’s.',
  ];
  const faults = results.faults.map((fault) => `WRONG: ${fault}`);
  return [...head, ...results.scenarios.flatMap(scenarioTable), '', ...faults].join('\n');
}

function scenarioTable(scenario: ScenarioResults): string[] {
  const contenders = Object.keys(scenario.turns);
  const rows = scenario.measures.map((measure) => {
    const cells = new Map(summaries(scenario, measure).map((summary) => [summary.contender, summary]));
    const texts = contenders.map((contender) => {
      const cell = cells.get(contender);
      if (!cell) return '–';
      const range =
        cell.min === cell.max ? '' : ` (${figure(cell.min, measure)}–${figure(cell.max, measure)})`;
      return `${figure(cell.median, measure)}${range}${cell.ratio === null ? '' : ` ${times(cell.ratio)}`}`;
    });
    return [`${measure.title}, ${measure.unit}`, ...texts];
  });
  return ['', scenario.title, ...aligned([['', ...contenders], ...rows])];
}

/** Rows whose columns are as wide as their widest cell. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}
