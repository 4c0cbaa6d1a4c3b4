/** The terminal client in real terminals: tmux. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { hostileServer } from '../terminal/testing/hostile.ts';
import { needs } from '../terminal/testing/needs.ts';
import { nineWordsServer } from '../terminal/testing/nine-words.ts';
import { Server } from '../terminal/testing/server.ts';
import { type Pane, Tmux } from '../terminal/testing/tmux.ts';

const TIMEOUT = { timeout: 120_000 };
const HOW = 'apt-get install tmux';

function hasTmux(t: TestContext): boolean {
  return needs(t, 'tmux', HOW);
}

/** Ana and bo, inside. */
async function anaAndBo(tmux: Tmux, { address }: Server): Promise<{ ana: Pane; bo: Pane }> {
  const ana = tmux.open('ana', ['join', address, '--as', 'ana']);
  await ana.sees('lobby · online');
  const bo = tmux.open('bo', ['join', address, '--as', 'bo']);
  await bo.sees('2 here: ana bo');
  await ana.sees('bo is here');
  return { ana, bo };
}

test(
  'two people talk; what arrives in the middle of typing leaves the line typed as it is',
  TIMEOUT,
  async (t) => {
    if (!hasTmux(t)) return;
    await using server = await Server.start();
    using tmux = new Tmux();
    const { ana, bo } = await anaAndBo(tmux, server);
    ana.type('good even');
    await ana.sees('> good even');
    for (let i = 1; i <= 30; i++) bo.say(`line ${i}`);
    await ana.sees('bo: line 30');
    assert.deepEqual(ana.cursor, { column: 11, text: '> good even' });
    ana.say('ing');
    await bo.sees('ana: good evening');
    await ana.sees('ana: good evening');
    bo.say('and to you, ana');
    await ana.sees('bo: and to you');
    const lines = Array.from({ length: 30 }, (_, i) => `00:00 bo: line ${i + 1}`);
    const talk = [...lines, '00:00 ana: good evening', '00:00 » bo: and to you, ana'];
    assert.deepEqual(ana.everything.slice(-34), [...talk, ' lobby · online · 2 here: ana bo', '>']);
    assert.deepEqual(bo.everything.slice(-34), [
      ...talk.with(-1, '00:00 bo: and to you, ana'),
      ' lobby · online · 2 here: ana bo',
      '>',
    ]);
  },
);

test(
  'resized to 40 columns and back: nothing is lost or doubled, the line typed is whole',
  TIMEOUT,
  async (t) => {
    if (!hasTmux(t)) return;
    await using server = await Server.start();
    using tmux = new Tmux();
    const { ana, bo } = await anaAndBo(tmux, server);
    const long = 'a line that is longer than forty columns are, and which the terminal itself breaks';
    bo.say(`1 ${long}`);
    const typed = 'and this is being typed, which takes up more than one row where they are short';
    ana.type(typed);
    await ana.sees(`> ${typed.slice(0, 40)}`);
    await ana.sees('bo: 1 a line');

    ana.resize({ columns: 40, rows: 24 });
    const narrow = [
      '> and this is being typed, which takes',
      'up more than one row where they are sho',
      'rt',
    ];
    await ana.shows((screen) => screen.slice(-3).join('|') === narrow.join('|'));
    bo.say(`2 ${long}`);
    await ana.sees('bo: 2 a line');
    ana.resize({ columns: 80, rows: 24 });
    await ana.shows((screen) => screen.slice(-2).join('|') === `> ${typed.slice(0, 77)}|${typed.slice(77)}`);
    bo.say(`3 ${long}`);
    await ana.sees('bo: 3 a line');
    ana.press('Enter');
    await bo.sees('ana: and this is being typed');
    await ana.sees('ana: and this is being typed');
    const said = [1, 2, 3].map((n) => `00:00 bo: ${n} ${long}`);
    assert.deepEqual(ana.everything.slice(-6), [
      ...[...said, `00:00 ana: ${typed}`],
      ...[' lobby · online · 2 here: ana bo', '>'],
    ]);
    assert.equal(ana.everything.filter((line) => line.includes('online')).length, 1);
  },
);

test(
  'the server is killed and started again: nothing is lost, the line typed is intact',
  TIMEOUT,
  async (t) => {
    if (!hasTmux(t)) return;
    await using server = await Server.start();
    using tmux = new Tmux();
    const { ana, bo } = await anaAndBo(tmux, server);
    ana.say('before');
    await bo.sees('ana: before');
    bo.type('half a li');
    await server.kill();
    await ana.sees('lobby · offline');
    await bo.sees('the line is lost');
    ana.say('meanwhile');
    await ana.sees('offline, 1 to say');
    assert.deepEqual(bo.cursor, { column: 11, text: '> half a li' });
    await server.start();
    for (const pane of [ana, bo]) {
      await pane.sees('the line is back');
      await pane.sees('ana: meanwhile');
    }
    bo.say('ne');
    await ana.sees('bo: half a line');
    const talk = ['00:00 ana: before', '00:00 ana: meanwhile', '00:00 bo: half a line'];
    for (const pane of [ana, bo]) {
      await pane.sees('bo: half a line');
      assert.deepEqual(
        pane.everything.filter((line) => /^00:00 \w+: /.test(line)),
        talk,
      );
      assert.ok(!pane.everything.some((line) => line.includes('has left')));
    }
  },
);

const SENTENCE = "Voilà l'été 👨‍👩‍👧 مرحبا بالعالم 你好世界";

test('French, a family, Arabic and Chinese are typed, edited in the middle and said', TIMEOUT, async (t) => {
  if (!hasTmux(t)) return;
  await using server = await Server.start();
  using tmux = new Tmux();
  const { ana, bo } = await anaAndBo(tmux, server);
  ana.type(SENTENCE);
  await ana.sees(`> ${SENTENCE}`);
  assert.equal(ana.cursor.column, 2 + 39 - 2);
  // Over four Chinese characters, a space, the Arabic, a space and the family, each one step.
  ana.press(...Array.from({ length: 4 + 1 + 13 + 1 + 1 }, () => 'C-b'));
  ana.type('é👍');
  await ana.sees("> Voilà l'été é👍👨‍👩‍👧 مرحبا");
  assert.equal(ana.cursor.column, 2 + 12 + 3);
  ana.press('C-d', 'C-h');
  await ana.sees("> Voilà l'été é مرحبا");
  ana.press('C-e', 'C-h');
  ana.press('M-b', 'C-t', 'C-a');
  await ana.shows(() => ana.cursor.column === 2);
  ana.press('C-e', 'C-w', 'Enter');
  await ana.sees("ana: Voilà l'été é مرحبا");
  await bo.sees("ana: Voilà l'été é مرحبا بالعالم");
});

test('several pasted lines ask first, and are said as one text', TIMEOUT, async (t) => {
  if (!hasTmux(t)) return;
  await using server = await Server.start();
  using tmux = new Tmux();
  const { ana, bo } = await anaAndBo(tmux, server);
  ana.type('see: ');
  await ana.sees('> see:');
  ana.paste('one\ntwo\nthree\n');
  await ana.sees('3 lines pasted');
  assert.deepEqual(ana.cursor, { column: 7, text: '> see:' });
  ana.press('Escape');
  await ana.sees('lobby · online');
  ana.paste('one\ntwo\nthree\n');
  await ana.sees('3 lines pasted');
  ana.press('Enter');
  await bo.sees('three');
  assert.deepEqual(bo.screen.slice(-5), [
    ...['00:00 ana: see: one', '      two', '      three'],
    ...[' lobby · online · 2 here: ana bo', '>'],
  ]);
});

test('rooms: what is said elsewhere is counted, and shown on coming back', TIMEOUT, async (t) => {
  if (!hasTmux(t)) return;
  await using server = await Server.start();
  using tmux = new Tmux();
  const { ana, bo } = await anaAndBo(tmux, server);
  ana.type('/jo');
  ana.press('Tab');
  ana.say('dev');
  await ana.sees('dev · online · 1 here: ana');
  bo.say('hello lobby');
  bo.say('ana?');
  await ana.sees('dev · online · lobby 2! · 1 here: ana');
  assert.ok(!ana.screen.some((row) => row.includes('hello lobby')));
  ana.say('/join');
  await ana.sees('» bo: ana?');
  await ana.sees('lobby · online · 2 here');
  ana.say('/rooms');
  await ana.sees('rooms: dev (1)');
  ana.say('/leave dev');
  await ana.sees('you have left the room dev');
});

test('Ctrl-C twice leaves with a good-bye; the terminal is given back as it was', TIMEOUT, async (t) => {
  if (!hasTmux(t)) return;
  await using server = await Server.start();
  using tmux = new Tmux();
  const { ana, bo } = await anaAndBo(tmux, server);
  ana.press('C-c');
  await ana.sees('Ctrl-C once more leaves');
  ana.press('C-c');
  await ana.sees('ended with 0');
  await bo.sees(/ana has left$/);
  assert.ok(!ana.screen.some((row) => row.includes('online')));
  assert.ok(ana.bytes.lastIndexOf('\x1b[?2004l') > ana.bytes.lastIndexOf('\x1b[?2004h'));
});

// What `screen.ts`, `terminal.ts` and `paint.ts` say to a terminal.
const OURS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what a terminal reads.
  /\x1b\[(?:\?(?:2004|2026|7)[hl]|J|\d*A|(?:1|2|7|22|27|39|38;5;\d+)m)/g;

test('a server that says what drives terminals drives none', TIMEOUT, async (t) => {
  if (!hasTmux(t)) return;
  await using server = await hostileServer();
  using tmux = new Tmux();
  const ana = tmux.open('ana', ['join', server.address, '--as', 'ana']);
  await ana.sees('all is well');
  ana.say('/who');
  ana.say('hello');
  await ana.sees('not said: hello');
  ana.say('/quit');
  await ana.sees('ended with 0');
  // Before and after it the shell speaks.
  const begin = ana.bytes.indexOf('\x1b[?2004h\x1b[?2026h');
  const said = ana.bytes.slice(begin, ana.bytes.indexOf('ended with', begin));
  assert.ok(said.includes('all is well'));
  assert.doesNotMatch(said.replace(OURS, ''), /[^\P{Cc}\r\n]/u);
});

test('a server of the nine words alone will do; what it has not is said', TIMEOUT, async (t) => {
  if (!hasTmux(t)) return;
  await using server = await nineWordsServer();
  using tmux = new Tmux();
  const ana = tmux.open('ana', ['join', server.address, '--as', 'ana', '--room', 'dev']);
  await ana.sees('lobby · online · 1 here: ana');
  await ana.sees('not in the room dev: this server speaks the nine words alone');
  const bo = tmux.open('bo', ['join', server.address, '--as', 'bo']);
  await bo.sees('2 here: ana bo');
  ana.say('hello bo');
  await bo.sees('ana: hello bo');
  await ana.sees('ana: hello bo');
  bo.say('/w ana psst');
  await ana.sees('» bo → ana: psst');
  bo.say('/w zoe psst');
  await bo.sees('is anybody of that name here?');
  ana.say('/history');
  await ana.sees('this server speaks the nine words alone: it has no rooms, history or search');
  ana.say('/name anna');
  await bo.sees('anna is here');
  bo.say('/quit');
  await ana.sees('bo has left');
});

test(
  'a name that is taken, an address where nothing is: one line, and the terminal as it was',
  TIMEOUT,
  async (t) => {
    if (!hasTmux(t)) return;
    await using server = await Server.start();
    using tmux = new Tmux();
    await anaAndBo(tmux, server);
    const third = tmux.open('third', ['join', server.address, '--as', 'ANA'], { columns: 120, rows: 10 });
    await third.sees('ended with 1');
    assert.deepEqual(third.screen, [
      `palabre: the name ANA is taken at tcp://${server.address}: choose another with --as NAME`,
      'ended with 1',
    ]);
    const fourth = tmux.open('fourth', ['join', '127.0.0.1:1'], { columns: 120, rows: 10 });
    await fourth.sees('ended with 1');
    assert.match(
      fourth.screen[0] ?? '',
      /^palabre: nothing listens at tcp:\/\/127\.0\.0\.1:1: check the address/,
    );
  },
);
