import type { Outcome } from './check.ts';
import type { Report } from './report.ts';
import { formatEntry } from './report-text.ts';

/**
 * TAP version 14, one test point a check. A rule of Palabre that differs is `not ok … # TODO`, which a harness counts
 * as no failure, so that a harness's verdict is the exit status's.
 */
export function tapReport(): Report {
  let number = 0;
  return {
    begin: (checks) => `TAP version 14\n1..${checks}\n`,
    outcome(outcome) {
      number++;
      const ok = outcome.result === 'holds' || outcome.result === 'skipped' ? 'ok' : 'not ok';
      const title = `${outcome.rule} ${outcome.title}`.replace(/[\\#]/g, '\\$&');
      return `${ok} ${number} - ${title}${directive(outcome)}\n${diagnostic(outcome)}`;
    },
    end: () => '',
  };
}

function directive({ level, result, reason }: Outcome): string {
  if (result === 'skipped') return ` # SKIP ${reason}`;
  if (level === 'must' || result === 'holds') return '';
  return result === 'differs' ? ' # TODO differs from Palabre, not a must' : ' # TODO could not be checked';
}

/** A YAML block; every scalar is a JSON string, which YAML reads. */
function diagnostic({ level, result, expected, came, reason, exchange }: Outcome): string {
  if (result === 'holds' || result === 'skipped') return '';
  const scalars = { level, result, expected, came, reason };
  const lines = Object.entries(scalars).flatMap(([key, value]) =>
    value === undefined ? [] : [`  ${key}: ${JSON.stringify(value)}`],
  );
  if (exchange.length > 0) lines.push('  exchange:');
  for (const entry of exchange) lines.push(`    - ${JSON.stringify(formatEntry(entry))}`);
  return `  ---\n${lines.join('\n')}\n  ...\n`;
}
