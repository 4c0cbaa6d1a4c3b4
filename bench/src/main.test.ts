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

test('a flag that makes no sense is refused before anything is started', async () => {
  await assert.rejects(
    bench('--only', 'nobody'),
    /nobody is none of palabre, palabre-journal, ngircd, inspircd, nats, palabre-ws, ws-loop, socket\.io/,
  );
  await assert.rejects(bench('--size', '3'), /--size must be 17 at least/);
  await assert.rejects(bench('--outstanding', '129'), /--outstanding must be 128 at most/);
  await assert.rejects(bench('--speakers', '2000'), /--speakers must be members too/);
});
