import type { Measure } from '../scenarios/scenario.ts';
import { bars, escaped } from './bars.ts';
import { lines } from './lines.ts';
import { figure, type Results, type ScenarioResults, summaries } from './results.ts';

/** The results as one HTML page that needs nothing else. */
export function html(results: Results): string {
  const { machine } = results;
  const memory = (machine.memory / 2 ** 30).toFixed(0);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Palabre and its peers, measured</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Palabre and its peers, measured</h1>
<p>Bars are medians of ${results.settings.rounds} rounds, in which the servers took turns; the thin line goes from the lowest
to the highest turn; × compares with the first. Every message of every turn was checked: a server that loses one, sends one twice,
or sends them out of order fails the run.</p>
${results.faults.map((fault) => `<p class="fault">Wrong: ${escaped(fault)}</p>`).join('\n')}
${results.scenarios.map(section).join('\n')}
<h2>The run</h2>
<dl>
<dt>Date</dt><dd>${escaped(results.date.slice(0, 16).replace('T', ' '))} UTC</dd>
<dt>Machine</dt><dd>${escaped(machine.cpu)}, ${machine.cores} cores, ${memory} GB, Linux ${escaped(machine.kernel)}. ${
    machine.pinned
      ? 'The server runs on one core, the load generator on another (<code>taskset</code>).'
      : 'Server and load generator share all cores.'
  } Connections are TCP over the loopback.</dd>
<dt>Load generator</dt><dd>Node.js ${escaped(machine.node)}, one process, fresh for every turn, as is the server.</dd>
<dt>Command</dt><dd><code>${escaped(results.command)}</code></dd>
</dl>
<table>
<thead><tr><th>contender</th><th>version</th><th>worth knowing</th></tr></thead>
<tbody>${results.contenders
    .map(
      (c) => `<tr><td>${escaped(c.name)}</td><td>${escaped(c.version)}</td><td>${escaped(c.note)}</td></tr>`,
    )
    .join('')}</tbody>
</table>
</main>
</body>
</html>
`;
}

function section(scenario: ScenarioResults): string {
  return `<section>
<h2>${escaped(scenario.title)}</h2>
<p class="method">${escaped(scenario.method)}</p>
<div class="plots">
${scenario.plots ? overTime(scenario) : scenario.measures.map((measure) => plot(scenario, measure)).join('\n')}
</div>
${scenario.plots ? medians(scenario) : ''}
<details><summary>All turns</summary>${turns(scenario)}</details>
</section>`;
}

function plot(scenario: ScenarioResults, measure: Measure): string {
  const better =
    measure.better === null ? '' : measure.better === 'more' ? 'longer is better' : 'shorter is better';
  return `<figure><figcaption>${escaped(measure.title)} <span>${better}</span></figcaption>
${bars(measure, summaries(scenario, measure))}</figure>`;
}

/** The figures of a long turn, which has nobody to be compared with. */
function medians(scenario: ScenarioResults): string {
  const rows = scenario.measures.map((measure) => {
    const cells = summaries(scenario, measure).map(
      ({ median }) => `<td>${figure(median, measure)} ${escaped(measure.unit)}</td>`,
    );
    return `<tr><td>${escaped(measure.title)}</td>${cells.join('')}</tr>`;
  });
  const whose = Object.keys(scenario.turns).filter((name) => scenario.turns[name]?.length);
  const head = whose.map((name) => `<th>${escaped(name)}</th>`);
  return `<table><thead><tr><th></th>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

/** How the first turn of each contender went. */
function overTime({ plots = [], samples = {} }: ScenarioResults): string {
  const drawn: string[] = [];
  for (const [contender, [first]] of Object.entries(samples)) {
    if (!first) continue;
    for (const plot of plots) {
      const whose = escaped(`${contender}${plot.unit && `, ${plot.unit}`}`);
      drawn.push(`<figure><figcaption>${escaped(plot.title)} <span>${whose}</span></figcaption>
${lines(plot, first)}</figure>`);
    }
  }
  return drawn.join('\n');
}

function turns(scenario: ScenarioResults): string {
  const head = scenario.measures.map(
    (measure) => `<th>${escaped(measure.title)}, ${escaped(measure.unit)}</th>`,
  );
  const rows = Object.entries(scenario.turns).flatMap(([contender, all]) =>
    all.map((figures, round) => {
      const cells = scenario.measures.map((m) => `<td>${figure(figures[m.key] ?? Number.NaN, m)}</td>`);
      return `<tr><td>${escaped(contender)}</td><td>${round + 1}</td>${cells.join('')}</tr>`;
    }),
  );
  return `<table><thead><tr><th>contender</th><th>round</th>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

const STYLE = `
:root { --page: #fbfaf7; --ink: #22201c; --soft: #6b665c; --line: #dedad0; --first: #1f7a5c; --peer: #b9b2a3; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --page: #191815; --ink: #ece8df; --soft: #a39d90; --line: #3a3832; --first: #4cc38a; --peer: #6d675b; --bad: #ff8a80; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.2rem; margin: 2.75rem 0 .5rem; padding-top: 1.25rem; border-top: 1px solid var(--line); }
p { max-width: 46rem; }
.method { color: var(--soft); font-size: .92rem; }
.fault { color: var(--bad); font-weight: 600; }
.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 1.25rem 2rem; }
figure { margin: .5rem 0; max-width: 31rem; }
figcaption { font-weight: 600; font-size: .95rem; margin-bottom: .3rem; }
figcaption span { font-weight: 400; color: var(--soft); font-size: .85rem; margin-left: .4rem; }
svg { display: block; width: 100%; height: auto; font: 15px system-ui, sans-serif; }
svg text { fill: var(--ink); }
svg .figure { font-variant-numeric: tabular-nums; }
svg .ratio { fill: var(--soft); }
svg .first rect { fill: var(--first); }
svg .first text { font-weight: 600; }
svg .peer rect { fill: var(--peer); }
svg .range { stroke: var(--ink); stroke-width: 1.5; fill: none; opacity: .7; }
svg .mark { stroke: var(--line); fill: none; }
svg .scale { font-size: 12px; fill: var(--soft); font-variant-numeric: tabular-nums; }
svg .line0, svg .line1 { fill: none; stroke-width: 1.8; stroke-linejoin: round; }
svg .line0 { stroke: var(--first); }
svg .line1 { stroke: var(--peer); stroke-dasharray: 5 3; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .35rem 1.25rem; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; font-size: .88rem; margin-top: .75rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .25rem .9rem .25rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 500; }
details { margin-top: .75rem; overflow-x: auto; }
summary { cursor: pointer; color: var(--soft); font-size: .9rem; }
code { font: .9em ui-monospace, monospace; }
`;
