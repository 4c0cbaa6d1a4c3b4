import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULTS } from '../settings.ts';
import { html } from './html.ts';
import { type Results, summaries } from './results.ts';
import { table } from './table.ts';

const measure = { key: 'ms', title: 'p50 <all>', unit: 'ms', better: 'less', digits: 1 } as const;
const scenario = {
  name: 'latency',
  title: 'Latency & more',
  method: 'Every delivery is timed.',
  measures: [measure],
  turns: { palabre: [{ ms: 1 }, { ms: 4 }, { ms: 2 }], nats: [{ ms: 5 }], gone: [] },
};
const results: Results = {
  date: '2026-11-22T12:00:00.000Z',
  command: 'npm run bench',
  machine: { cpu: 'CPU', cores: 2, memory: 2 ** 34, kernel: '6.1', node: '24.0.0', pinned: true },
  settings: DEFAULTS,
  contenders: [
    { name: 'palabre', version: '1.0', note: '' },
    { name: 'nats', version: '2.9', note: 'No <chat>.' },
  ],
  scenarios: [scenario],
  faults: ['latency, round 1 of 1, gone: member m00001: got a line twice'],
};

test('a summary is the median, the extremes, and the ratio to the first', () => {
  assert.deepEqual(summaries(scenario, measure), [
    { contender: 'palabre', median: 2, min: 1, max: 4, ratio: null },
    { contender: 'nats', median: 5, min: 5, max: 5, ratio: 2.5 },
  ]);
});

test('the table has every contender’s figure, and what was wrong', () => {
  const text = table(results);
  assert.match(text, /p50 <all>, ms +2\.0 \(1\.0–4\.0\) +5\.0 2\.5× +–/);
  assert.match(text, /WRONG: latency, round 1 of 1, gone: member m00001/);
});

test('the page stands alone, escapes what it shows, and has every figure', () => {
  const page = html(results);
  assert.doesNotMatch(page, /\b(src|href)=|@import|url\(/);
  assert.doesNotMatch(page, /<all>|<chat>|undefined|NaN/);
  for (const part of [
    'Latency &#38; more',
    '2.0 ms',
    '2.5×',
    'prefers-color-scheme: dark',
    'npm run bench',
    'got a line twice',
  ]) {
    assert.ok(page.includes(part), part);
  }
});

test('a long turn is drawn over time, from a run of it alone', () => {
  const plots = [{ title: 'Memory & more', unit: 'MiB', lines: [{ key: 'heap', title: 'heap' }] }];
  const samples = {
    palabre: [[0, 60, 120].map((seconds) => ({ seconds, heap: 30 + seconds / 10 }))],
    gone: [],
  };
  const page = html({ ...results, scenarios: [{ ...scenario, plots, samples }] });
  assert.match(page, /Memory &#38; more <span>palabre, MiB<\/span>/);
  assert.match(page, /<path class="line0" d="M52\.0 \S+L282\.0 \S+L512\.0 \S+"\/>/);
  assert.match(page, /aria-label="Memory &#38; more; at the end: heap 42 MiB"/);
  assert.match(page, />2\.0 min</);
  assert.match(page, /<td>p50 &#60;all&#62;<\/td><td>2\.0 ms<\/td>/);
  assert.doesNotMatch(page, /undefined|NaN/);
});
