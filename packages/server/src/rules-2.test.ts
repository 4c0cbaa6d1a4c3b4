/** Sections 2 and 3 of docs/protocol.md, rule by rule, over real sockets. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer, testServer } from './testing/peer.ts';

test('2.1 words in any case; spaces after WHO and BYE and around a name are ignored, text is kept', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.connect(server);
  bo.say(
    'iAm   bo  ',
    'who  ',
    'mSg   two before, two after  ',
    'prv  ana  one before',
    'WHO all',
    'Bye now',
    'bye  ',
  );
  await bo.hearsLast('WHO', 'ARR bo', 'WHO ana bo', 'ERR bo', 'ERR bo', 'LFT bo');
  await ana.hears('ARR bo', 'MSG bo   two before, two after  ', 'PRV bo  one before', 'LFT bo');
});

test('2.1 only our 26 letters have a case here: a long s is not an s', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  ana.say('MſG hi', 'ıam zoe');
  await ana.hears('ERR ana', 'ERR ana');
});

test('2.2 what is a name, and what is not', async () => {
  await using server = await testServer();
  const good = ['a', 'Éloïse', '名前', '🌳', 'a@b', 'x'.repeat(32), '🌳'.repeat(32), '-', '42'];
  for (const name of good) await Peer.enter(server, name);
  const stranger = await Peer.connect(server);
  const bad = [
    'x'.repeat(33),
    '🌳'.repeat(33),
    '@a',
    '#a',
    ':a',
    'a\tb',
    'a\u00a0b',
    'a\u200db',
    'a\u3000b',
    '\u0378',
  ];
  stranger.say(...bad.map((name) => `IAM ${name}`));
  await stranger.hears('WHO', ...bad.map((name) => `ERR ${name}`));
});

test('2.2 names that differ in case or compatibility form are one; they are shown as typed', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'Ana');
  const stranger = await Peer.connect(server);
  stranger.say('IAM ana', 'IAM ＡＮＡ', 'IAM ELOI\u0308SE', 'IAM K');
  await stranger.hears('WHO', 'TKN ana', 'TKN ＡＮＡ', 'ARR ELOI\u0308SE', 'ARR K');
  const other = await Peer.connect(server);
  other.say('IAM \u212a');
  await other.hears('WHO', 'TKN \u212a');
  ana.say('WHO');
  await ana.hears('ARR ELOI\u0308SE', 'LFT ELOI\u0308SE', 'ARR K', 'WHO Ana K');
});

test('2.3 a second IAM renames: LFT old and ARR new to the others, ARR new to the one renamed', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  await ana.hears('ARR bo');
  bo.say('IAM bob', 'IAM Bob', 'IAM Bob', 'MSG hi', 'WHO');
  await bo.hears('ARR bob', 'ARR Bob', 'ARR Bob', 'WHO ana Bob');
  await ana.hears('LFT bo', 'ARR bob', 'LFT bob', 'ARR Bob', 'MSG Bob hi');
  const free = await Peer.enter(server, 'bo');
  free.say('PRV bob hi');
  await bo.hears('ARR bo', 'PRV bo hi');
});

test('2.3 a name that is taken or none leaves the old one', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  await ana.hears('ARR bo');
  bo.say('IAM Ana', 'IAM b o', 'MSG still bo');
  await bo.hears('TKN Ana', 'ERR b o');
  await ana.hears('MSG bo still bo');
});

test('2.4 what a member asks and can not be done gets ERR and its own name; an empty line is ignored', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  ana.say('XYZ', 'MSG', 'MSG ', 'PRV', 'PRV ana', 'PRV ana ', ' MSG hi', '@room=dev MSG hi', '', '\r', 'WHO');
  await ana.hears(...Array<string>(8).fill('ERR ana'), 'WHO ana');
  ana.say('PRV ana note to self');
  await ana.hears('PRV ana note to self');
});

test('2.5 BYE before a name: WHO, and the server closes', async () => {
  await using server = await testServer();
  const stranger = await Peer.connect(server);
  stranger.say('BYE', 'IAM late');
  await stranger.hearsLast('WHO', 'WHO');
});

test('2.6 a line of 4,096 bytes is heard, a longer one thrown away and refused; the connection lives on', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.connect(server);
  const longest = 'é'.repeat(2046);
  bo.say(
    'x'.repeat(4097),
    'IAM bo',
    `MSG ${longest}`,
    `MSG ${longest}x`,
    `MSG ${'x'.repeat(100_000)}`,
    'MSG on',
  );
  await bo.hears('WHO', 'WHO', 'ARR bo', 'ERR bo', 'ERR bo');
  await ana.hears('ARR bo', `MSG bo ${longest}`, 'MSG bo on');
});

test('2.6 a long list goes on in further WHO lines, none over 4,096 bytes', async () => {
  await using server = await testServer();
  const names = Array.from({ length: 100 }, (_, i) => `${'ü'.repeat(29)}${String(i).padStart(3, '0')}`);
  for (const name of names) await Peer.enter(server, name);
  const last = await Peer.enter(server, 'last');
  last.say('WHO');
  const listed: string[] = [];
  while (listed.at(-1) !== 'last') {
    const line = await last.next();
    assert.ok(Buffer.byteLength(line) <= 4096);
    const [word, ...rest] = line.split(' ');
    assert.equal(word, 'WHO');
    listed.push(...rest);
  }
  assert.deepEqual(listed, [...names, 'last']);
});

test('2.7 bytes that are not text are refused and reach nobody', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.enter(server, 'bo');
  await ana.hears('ARR bo');
  const bad = [
    [0x00],
    [0x1b],
    [0x7f],
    [0xc2, 0x85],
    [0xe2, 0x80, 0xa8],
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xff],
    [0xc3],
  ];
  for (const bytes of bad)
    bo.sayBytes('MSG a', Uint8Array.from(bytes), '\n', 'PRV ana b', Uint8Array.from(bytes), '\n');
  bo.sayBytes('MSG \ufefftab\tis text\n');
  await bo.hears(...Array<string>(2 * bad.length).fill('ERR bo'));
  await ana.hears('MSG bo \ufefftab\tis text');
});

test('2.8 everybody sees one order, and what one connection says takes effect in its order', async () => {
  await using server = await testServer();
  const observers = [await Peer.enter(server, 'o1'), await Peer.enter(server, 'o2')];
  const speakers = await Promise.all(['s1', 's2', 's3'].map((name) => Peer.enter(server, name)));
  for (let i = 0; i < 200; i++) for (const speaker of speakers) speaker.say(`MSG ${i}`);
  const seen = await Promise.all(
    observers.map(async (observer) => {
      const lines: string[] = [];
      while (lines.length < 600) {
        const line = await observer.next();
        if (line.startsWith('MSG')) lines.push(line);
      }
      return lines;
    }),
  );
  assert.deepEqual(seen[0], seen[1]);
  for (const name of ['s1', 's2', 's3']) {
    const own = seen[0]?.filter((line) => line.startsWith(`MSG ${name} `));
    assert.deepEqual(
      own,
      Array.from({ length: 200 }, (_, i) => `MSG ${name} ${i}`),
    );
  }
});

test('2.8 several lines in one segment, entering and leaving among them', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const dee = await Peer.connect(server);
  dee.say('IAM dee', 'MSG hello', 'WHO', 'BYE');
  await dee.hearsLast('WHO', 'ARR dee', 'WHO ana dee', 'LFT dee');
  await ana.hears('ARR dee', 'MSG dee hello', 'LFT dee');
});

test('3.1 tags are read and unknown ones ignored; what is no tag, too long or followed by nothing is refused', async () => {
  await using server = await testServer();
  const ana = await Peer.enter(server, 'ana');
  const bo = await Peer.connect(server);
  bo.say('@a IAM', '@A=1 IAM bo', '@x=1;y IAM bo', `@x=${'v'.repeat(1022)} MSG just right`);
  bo.say(`@x=${'v'.repeat(1023)} MSG too long`, '@=1 MSG hi', '@ MSG hi', '@a', '@a=\\s\\:b MSG hello');
  await bo.hears('WHO', 'ERR', 'WHO', 'ARR bo', ...Array<string>(4).fill('ERR bo'));
  await ana.hears('ARR bo', 'MSG bo just right', 'MSG bo hello');
});
