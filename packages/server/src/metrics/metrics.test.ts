/** The metrics, docs/operating.md, the dashboard and the alerts say the same. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ask } from '../testing/asking.ts';
import { FIRST } from '../testing/certificates.ts';
import { directory } from '../testing/extended.ts';
import { testServer } from '../testing/peer.ts';

const root = resolve(import.meta.dirname, '../../../..');
const ANY = { host: '127.0.0.1', port: 0 };

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** What a server with everything on tells, by name: its type. */
async function told(t: TestContext): Promise<Map<string, string>> {
  const files = directory(t);
  const certificate = { cert: join(files, 'cert.pem'), key: join(files, 'key.pem') };
  writeFileSync(certificate.cert, FIRST.cert);
  writeFileSync(certificate.key, FIRST.key);
  await using server = await testServer({ adminHttp: ANY, tls: ANY, certificate, data: directory(t) });
  const { body } = await ask(server, '/metrics');
  return new Map(
    [...body.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]),
  );
}

function documented(): Map<string, string> {
  const rows = read('docs/operating.md').matchAll(
    /^\| ((?:`\w+`(?:, )?)+) \| (gauge|counter|histogram) \|/gm,
  );
  return new Map(
    [...rows].flatMap(([, names = '', type = '']) =>
      [...names.matchAll(/`(\w+)`/g)].map(([, name = '']): [string, string] => [name, type]),
    ),
  );
}

/** The metrics that the queries of this file name; of a histogram, the histogram. */
function queried(file: string, metrics: ReadonlyMap<string, string>): Set<string> {
  const names = read(file).matchAll(/\b(?:palabre|process|nodejs)_\w+/g);
  return new Set(
    [...names].map(([name]) => (metrics.has(name) ? name : name.replace(/_(bucket|count|sum)$/, ''))),
  );
}

test('every metric is documented, with its type, and every one that is documented is there', async (t) => {
  // Elsewhere the system tells less of a process.
  if (process.platform !== 'linux') return t.skip('what /proc tells is among the metrics: run this on Linux');
  const sorted = (metrics: Map<string, string>) => [...metrics].map((one) => one.join(' ')).sort();
  assert.deepEqual(sorted(documented()), sorted(await told(t)));
});

test('the dashboard and the alerts ask for metrics that there are, and the dashboard for each of ours', async (t) => {
  const metrics = await told(t);
  const dashboard = queried('ops/grafana/palabre.json', metrics);
  const alerts = queried('ops/prometheus/alerts.yml', metrics);
  assert.ok(dashboard.size > 30 && alerts.size > 5);
  for (const name of [...dashboard, ...alerts]) assert.ok(metrics.has(name), `there is no ${name}`);
  for (const name of metrics.keys())
    if (name.startsWith('palabre_')) assert.ok(dashboard.has(name), `${name} is in no panel`);
});

test('the dashboard is one: its panels have their own ids and don’t lie on each other', () => {
  const { panels } = JSON.parse(read('ops/grafana/palabre.json')) as {
    panels: { id: number; title: string; gridPos: { x: number; y: number; w: number; h: number } }[];
  };
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`),
  );
  assert.equal(new Set(cells).size, cells.length);
});
