import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatAddress } from '../address.ts';
import { palabre } from '../testing/palabre.ts';
import { catalogue } from './catalogue.ts';
import { check, checkCommand, type Format } from './command.ts';
import { type Guest, PageServer } from './page-server.ts';

/** A page server whose sender gets its own MSG. */
class Echo extends PageServer {
  override msg(_guest: Guest, name: string, text: string) {
    this.broadcast(`MSG ${name} ${text}`);
  }
}

/** What is skipped on a server of the nine words alone. */
const extended = catalogue.filter(({ rule }) => rule.startsWith('3.'));

async function checked(server: PageServer, format: Format) {
  const address = await server.start();
  const output = { out: '', error: '' };
  try {
    const status = await check(
      address,
      { timeout: 250, format },
      {
        out: (text) => (output.out += text),
        error: (text) => (output.error += text),
        paint: (_style, text) => text,
      },
    );
    return { status, ...output };
  } finally {
    await server.stop();
  }
}

describe('text', () => {
  test('every must holds: status 0', async () => {
    const { status, out, error } = await checked(new PageServer(), 'text');
    assert.equal(status, 0);
    assert.equal(error, '');
    assert.match(out, /^ {2}✔ 1\.7 {3}must {5}MSG reaches everybody else/m);
    assert.match(
      out,
      /^ {2}≠ 2\.4 {3}Palabre {2}an unknown word .*\n {10}Palabre: A, for "XYZ", gets "ERR k/m,
    );
    assert.match(out, /^Must: 16 of 16 hold\.$/m);
    const [, holds, all, differ, skipped] =
      /^Palabre: (\d+) of (\d+) hold; (\d+) differ \(1\.0, 1\.10, 2\.1, .*\); (\d+) skipped \(3\.1, 3\.2, .*3\.13\)\.$/m.exec(
        out,
      ) ?? [];
    assert.equal(Number(all), catalogue.filter(({ level }) => level === 'palabre').length);
    assert.equal(Number(holds) + Number(differ) + Number(skipped), Number(all));
    assert.equal(Number(skipped), extended.length);
    assert.equal(out.match(/skipped: the server answers EXT with WHO/g)?.length, 1);
    assert.match(out, /\nThis server speaks the nine words\.\n$/);
  });

  test('a must fails: what should have come, what came, what was said; status 1', async () => {
    const { status, out } = await checked(new Echo(), 'text');
    assert.equal(status, 1);
    assert.match(out, /✘ 1\.7 .*\n {10}should: A gets no MSG of its own\n {10}came: "MSG (\S+) \S+-hello"\n/);
    assert.match(out, /\n {12}A · connects\n {12}A ← WHO\n {12}A → IAM \S+\n/);
    assert.match(out, /^Must: 15 of 16 hold; 1 fails \(1\.7\)\.$/m);
    assert.match(out, /\nThis server does not speak the nine words/);
  });

  test('one reason for all that follows is given once', async () => {
    class Mute extends PageServer {
      override line() {}
    }
    const { status, out } = await checked(new Mute(), 'text');
    assert.equal(status, 1);
    assert.equal(out.match(/not checked: /g)?.length, 1);
    assert.match(out, /^Must: 0 of 16 hold; 16 could not be checked \(1\.0, /m);
  });
});

test('TAP: a must that fails is not ok, a rule of Palabre that differs is a TODO', async () => {
  const { status, out } = await checked(new Echo(), 'tap');
  assert.equal(status, 1);
  const lines = out.split('\n');
  assert.equal(lines[0], 'TAP version 14');
  assert.equal(lines[1], `1..${catalogue.length}`);
  const points = lines.filter((line) => /^(not )?ok /.test(line));
  assert.deepEqual(
    points.map((line) => Number(/^(?:not )?ok (\d+) - /.exec(line)?.[1])),
    catalogue.map((_, i) => i + 1),
  );
  const failing = points.filter((line) => line.startsWith('not ok') && !line.includes(' # TODO '));
  assert.match(failing.join('\n'), /^not ok \d+ - 1\.7 MSG reaches [^\n]*$/);
  assert.equal(
    out.match(/^ok \d+ - 3\.\d+ .* # SKIP the server answers EXT with WHO/gm)?.length,
    extended.length,
  );
  assert.match(out, /^not ok \d+ - 2\.2 a name does not begin with @, \\# or : # TODO differs from Palabre/m);
  assert.match(
    out,
    /\n {2}---\n {2}level: "must"\n {2}result: "fails"\n {2}expected: ".*\n {2}came: ".*\n {2}exchange:\n/,
  );
});

test('JSON: one document of a stable shape', async () => {
  const { status, out } = await checked(new Echo(), 'json');
  assert.equal(status, 1);
  const document = JSON.parse(out);
  assert.deepEqual(Object.keys(document), [
    'kit',
    'version',
    'address',
    'timeoutMs',
    'ok',
    'counts',
    'checks',
  ]);
  assert.equal(document.ok, false);
  assert.deepEqual(document.counts.must, { holds: 15, fails: 1, differs: 0, unchecked: 0, skipped: 0 });
  assert.equal(document.counts.palabre.skipped, extended.length);
  assert.equal(document.checks.length, catalogue.length);
  const [failing] = document.checks.filter(({ result }: { result: string }) => result === 'fails');
  assert.equal(failing.rule, '1.7');
  assert.equal(failing.level, 'must');
  assert.equal(failing.expected, 'A gets no MSG of its own');
  assert.deepEqual(failing.exchange[0], { peer: 'A', way: 'does', text: 'connects' });
});

test('every flag is an environment variable too', () => {
  const flags = checkCommand().options.map(({ long, envVar }) => [long, envVar]);
  assert.deepEqual(flags, [
    ['--key-file', 'PALABRE_KEY_FILE'],
    ['--timeout', 'PALABRE_TIMEOUT'],
    ['--format', 'PALABRE_FORMAT'],
  ]);
});

describe('the process', { concurrency: 2 }, () => {
  test('ends with status 0 on a right server, and uses no colour where there is no terminal', async () => {
    const server = new PageServer();
    const address = formatAddress(await server.start());
    const { status, stdout, stderr } = await palabre(['check', address]);
    await server.stop();
    assert.equal(stderr, '');
    assert.equal(status, 0);
    assert.match(stdout, /This server speaks the nine words\.\n$/);
    assert.equal(stdout.includes('\u{1b}'), false);
  });

  test('ends with status 1 on a wrong one', async () => {
    const server = new Echo();
    const address = formatAddress(await server.start());
    const { status, stdout } = await palabre(['check', address], { PALABRE_FORMAT: 'json' });
    await server.stop();
    assert.equal(status, 1);
    assert.equal(JSON.parse(stdout).ok, false);
  });

  test('ends with status 2 and one line where nobody listens', async () => {
    const server = new PageServer();
    const address = formatAddress(await server.start());
    await server.stop();
    const { status, stdout, stderr } = await palabre(['check', address]);
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(
      stderr,
      /^palabre check: 127.0.0.1:\d+: cannot connect: .*ECONNREFUSED.*\. Start the server, .*\n$/,
    );
  });

  for (const args of [
    [],
    ['7070'],
    ['localhost:7070', '--format', 'xml'],
    ['localhost:7070', '--timeout', '0'],
  ])
    test(`ends with status 2 for "check ${args.join(' ')}"`, async () => {
      const { status, stdout, stderr } = await palabre(['check', ...args]);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /^error: .*\n$/);
    });

  test('ends with status 0 for --help', async () => {
    const { status, stdout } = await palabre(['check', '--help']);
    assert.equal(status, 0);
    assert.match(stdout, /^Usage: palabre check \[options\] <HOST:PORT>\n/);
  });
});
