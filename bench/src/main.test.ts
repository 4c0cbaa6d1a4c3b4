import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CONTENDERS } from './contenders/all.ts';
import type { Contender } from './contenders/contender.ts';
import type { Results } from './report/results.ts';
import { needs } from './testing/needs.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const bench = (...args: string[]) => promisify(execFile)(process.execPath, [main, ...args]);

function titlesWith({ keeps, web }: Contender): RegExp[] {
  if (web) return [/^WebSockets: .* 30 messages in flight, /m, /^WebSockets: .* nothing else in flight, /m];
  return [
    /^Fan-out: /m,
    /^Latency: /m,
    ...(keeps
      ? [/^Receipts: /m, /^Send: /m, /^History: /m, /^Abuse: /m, /^Soak: /m]
      : [/^Join: /m, /^Start: /m]),
  ];
}

for (const contender of CONTENDERS) {
  test(`a quick run with ${contender.name} goes through every scenario and loses nothing`, async (t) => {
    if (!needs(t, contender.name, contender.version() !== null, contender.howToHave)) return;
    const folder = mkdtempSync(join(tmpdir(), 'palabre-bench-test-'));
    t.after(() => rmSync(folder, { recursive: true }));
    const page = join(folder, 'report.html');
    const { stdout } = await bench('--quick', '--only', contender.name, '--report', page);
    for (const title of titlesWith(contender)) assert.match(stdout, title);
    assert.doesNotMatch(stdout, /NaN/);
    assert.match(readFileSync(page, 'utf8'), /<\/html>\n$/);
  });
}

test('abuse and soak alone: a report and figures of what they came to, with samples on the way', async (t) => {
  const [palabre] = CONTENDERS;
  if (!palabre || !needs(t, palabre.name, palabre.version() !== null, palabre.howToHave)) return;
  const folder = mkdtempSync(join(tmpdir(), 'palabre-bench-test-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [page, json] = [join(folder, 'report.html'), join(folder, 'results.json')];
  await bench('--quick', '--scenario', 'abuse,soak', '--report', page, '--json', json);
  const { command, scenarios, faults } = JSON.parse(readFileSync(json, 'utf8')) as Results;
  assert.equal(command, 'npm run bench -- --quick --scenario abuse,soak');
  assert.deepEqual(faults, []);
  const [abuse, soak] = scenarios.map(({ turns }) => turns['palabre-journal']?.[0] ?? {});
  assert.ok((abuse?.reconnects ?? 0) > 0 && (abuse?.flooded ?? 0) > 0, 'there was abuse');
  assert.ok(
    (soak?.resumes ?? 0) > 0 && (soak?.replayed ?? 0) > 0 && (soak?.asked ?? 0) > 0,
    'there was life',
  );
  assert.equal(soak?.descriptors, 0);
  for (const { plots = [], samples = {} } of scenarios) {
    const [taken = []] = samples['palabre-journal'] ?? [];
    assert.ok(plots.length > 0 && taken.length >= 10);
    for (const { title } of plots) assert.ok(readFileSync(page, 'utf8').includes(title), title);
  }
});

test('a flag that makes no sense is refused before anything is started', async () => {
  await assert.rejects(
    bench('--only', 'nobody'),
    /nobody is none of palabre, palabre-journal, ngircd, inspircd, nats, palabre-ws, ws-loop, socket\.io/,
  );
  await assert.rejects(bench('--size', '3'), /--size must be 17 at least/);
  await assert.rejects(bench('--outstanding', '129'), /--outstanding must be 128 at most/);
  await assert.rejects(bench('--speakers', '2000'), /--speakers must be members too/);
});
