import type { styleText } from 'node:util';
import { type Level, type Outcome, type Result, speaksNineWords } from './check.ts';
import { count, type Report } from './report.ts';
import type { Entry } from './transcript.ts';

/** Colours a text, or returns it as it is where there is no terminal. */
export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

const SIGNS = {
  holds: ['green', '✔'],
  fails: ['red', '✘'],
  differs: ['yellow', '≠'],
  unchecked: ['magenta', '?'],
  skipped: ['gray', '-'],
} as const satisfies Record<Result, [Parameters<Paint>[0], string]>;

const LEVELS = { must: 'must   ', palabre: 'Palabre' } as const satisfies Record<Level, string>;

const INDENT = ' '.repeat(10);

/** Entries that are shown of an exchange, from its beginning and from its end: all that matter of a fault's. */
const SHOWN = { fails: [8, 16], differs: [0, 4] } as const;

/** For people. `address` is shown as given. */
export function textReport(address: string, paint: Paint): Report {
  let lastReason = '';
  return {
    begin(checks) {
      const levels = 'must: a rule of the nine words; Palabre: where the page is silent, no fault to differ';
      return `palabre check ${address}: ${checks} checks\n${paint('dim', levels)}\n\n`;
    },
    outcome(outcome) {
      const { rule, level, title, result, reason } = outcome;
      const [style, sign] = SIGNS[result];
      const colour = level === 'must' ? LEVELS[level] : paint('dim', LEVELS[level]);
      const lines = [`  ${paint(style, sign)} ${rule.padEnd(5)} ${colour}  ${title}`];
      if (result === 'fails' || result === 'differs') lines.push(...details(outcome, result, paint));
      // One reason that holds for all that follows is given once.
      if (reason !== undefined && reason !== lastReason)
        lines.push(`${INDENT}${paint('bold', result === 'skipped' ? 'skipped:' : 'not checked:')} ${reason}`);
      lastReason = reason ?? '';
      return `${lines.join('\n')}\n`;
    },
    end(outcomes) {
      const verdict = speaksNineWords(outcomes)
        ? paint('green', 'This server speaks the nine words.')
        : paint('red', 'This server does not speak the nine words as the page has them.');
      return `\n${summary(outcomes, 'must')}\n${summary(outcomes, 'palabre')}\n${verdict}\n`;
    },
  };
}

function* details(outcome: Outcome, result: keyof typeof SHOWN, paint: Paint): Generator<string> {
  yield `${INDENT}${paint('bold', result === 'fails' ? 'should:' : 'Palabre:')} ${outcome.expected}`;
  yield `${INDENT}${paint('bold', 'came:')} ${outcome.came}`;
  const { exchange } = outcome;
  const [head, tail] = SHOWN[result];
  const left = exchange.slice(head, Math.max(head, exchange.length - tail)).length;
  const entry = (entry: Entry) => paint('dim', `${INDENT}  ${formatEntry(entry)}`);
  yield* exchange.slice(0, head).map(entry);
  if (left > 0 && head > 0) yield paint('dim', `${INDENT}  … ${left} lines left out …`);
  yield* exchange.slice(head + left).map(entry);
}

/** `A → what the kit said`, `A ← what came`, `A · what happened`. */
export function formatEntry({ peer, way, text }: Entry): string {
  const arrow = { says: '→', gets: '←', does: '·' }[way];
  return `${peer} ${arrow} ${text}`;
}

/** "Palabre: 20 of 27 hold; 6 differ (2.1, 2.2 …); 1 could not be checked (3.1)." */
function summary(outcomes: readonly Outcome[], level: Level): string {
  const counts = count(outcomes, level);
  const ofLevel = outcomes.filter((outcome) => outcome.level === level);
  const parts = [`${counts.holds} of ${ofLevel.length} hold`];
  const add = (result: Result, verb: string) => {
    if (counts[result] === 0) return;
    const rules = new Set(ofLevel.filter((outcome) => outcome.result === result).map(({ rule }) => rule));
    parts.push(`${counts[result]} ${verb} (${[...rules].join(', ')})`);
  };
  add('fails', counts.fails === 1 ? 'fails' : 'fail');
  add('differs', counts.differs === 1 ? 'differs' : 'differ');
  add('unchecked', 'could not be checked');
  add('skipped', 'skipped');
  return `${level === 'must' ? 'Must' : 'Palabre'}: ${parts.join('; ')}.`;
}
