/** Talking: over the real server. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Conversation, Message } from './app.ts';
import { Cable } from './testing/cable.ts';
import { TestDevice } from './testing/device.ts';
import { find, inside, kinds, messages, Pages, shows, texts } from './testing/pages.ts';
import { Server } from './testing/server.ts';
import { until } from './testing/until.ts';

const DEADLINE = { timeout: 60_000 };

test('3.4 an own line is shown at once as waiting, then confirmed, under one key', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  const ana = await pages.enter('ana');
  const seen: (Message | undefined)[] = [];
  ana.current.value.timeline.items.subscribe(() => seen.push(messages(ana.current.value).at(-1)));
  assert.equal(await ana.submit('hello'), undefined);
  assert.equal(seen.at(-1)?.state, 'waiting');
  assert.equal(ana.line.value.waiting, 1);
  await until(() => messages(ana.current.value)[0]?.state === 'sent');
  assert.equal(ana.line.value.waiting, 0);
  const [line] = messages(ana.current.value);
  assert.ok(line?.id);
  assert.deepEqual(new Set(seen.filter(Boolean).map((each) => each?.key)), new Set([line.key]));
  await ana.submit('again');
  await until(() => messages(ana.current.value)[1]?.state === 'sent');
  assert.equal(messages(ana.current.value).length, 2);
  assert.equal(messages(ana.current.value)[0], line, 'an item that has not changed is the same object');
});

test(
  '3.11 a text of several lines is one message, to its speaker, to others, and in the history',
  DEADLINE,
  async () => {
    await using server = await Server.start();
    await using pages = new Pages(server.address);
    const [ana, bo] = [await pages.enter('ana'), await pages.enter('bo')];
    const code = 'if (true) {\n\n\tpalabre();\n}';
    await ana.submit(`\n${code}  \n\n`);
    await bo.submit('nice');
    for (const page of [ana, bo]) await until(() => texts(page.current.value).length === 2);
    await until(() => ana.line.value.waiting === 0);
    const cy = await pages.enter('cy');
    for (const page of [ana, bo, cy])
      assert.deepEqual(new Set(texts(page.current.value)), new Set([code, 'nice']));
    assert.equal(cy.unread.value.all, 0, 'who comes for the first time has nothing unread');
  },
);

test('3.11 an answer quotes its line, also where that is not held', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  const [ana, bo] = [await pages.enter('ana'), await pages.enter('bo')];
  await ana.submit('who comes to the tree?');
  await shows(bo, 'who comes to the tree?');
  for (let i = 0; i < 110; i++) await ana.submit(`line ${i}`);
  await shows(bo, 'line 109');
  bo.current.value.answering.value = messages(bo.current.value)[0];
  await bo.submit('I do');
  assert.equal(bo.current.value.answering.value, undefined);
  await shows(ana, 'I do');
  const { id = 0 } = messages(ana.current.value)[0] ?? {};
  assert.deepEqual(messages(ana.current.value).at(-1)?.re, {
    id,
    from: 'ana',
    text: 'who comes to the tree?',
  });
  const cy = await pages.enter('cy');
  await until(() => messages(cy.current.value).at(-1)?.re?.text !== undefined);
  assert.equal(messages(cy.current.value).length, 100);
  const key = await cy.current.value.toMessage(id);
  assert.equal(messages(cy.current.value).find((line) => line.key === key)?.text, 'who comes to the tree?');
});

test('a private line opens a conversation, is counted and kept over a reload', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  const device = new TestDevice();
  const [ana, bo] = [await pages.enter('ana', device), await pages.enter('bo')];
  assert.equal(await bo.submit('/msg ana psst'), undefined);
  assert.equal(bo.current.value.key, 'with:ana');
  await until(() => ana.unread.value.urgent === 1);
  assert.deepEqual(find(ana, 'with:bo').members.value, ['bo']);
  ana.save();
  ana.detach();
  await bo.submit('are you there?');
  const again = pages.load(device);
  await inside(again);
  await until(() => again.unread.value.urgent === 2);
  again.open('with:bo');
  await shows(again, 'are you there?');
  assert.equal(again.unread.value.all, 0);
  const { mark } = again.current.value;
  const [first] = messages(again.current.value);
  assert.ok(first?.id !== undefined && mark.value !== undefined && mark.value < first.id);
  assert.equal(await again.current.value.toUnread(), first.key);
  await again.submit('here I am');
  assert.equal(mark.value, undefined, 'who answers has seen it all');
  assert.equal(await again.submit('/msg nobody hello'), undefined);
  await until(() => messages(again.current.value)[0]?.state === 'failed');
  const failed = messages(again.current.value)[0];
  assert.deepEqual(failed?.problem, { what: 'nobody', about: 'nobody' });
  const nobody = await pages.enter('nobody');
  failed?.retry?.();
  await until(() => nobody.unread.value.urgent === 1);
  await until(() => messages(again.current.value)[0]?.state === 'sent');
  again.closePrivate('with:nobody');
  assert.equal(again.current.value.key, 'lobby');
  again.open('with:nobody');
  assert.equal(again.current.value.key, 'with:nobody');
});

test('what was said while one was away is unread after a reload, and marked', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  const device = new TestDevice();
  const [ana, bo] = [await pages.enter('ana', device), await pages.enter('bo')];
  await ana.submit('/join dev');
  await bo.submit('/join dev');
  await bo.submit('seen');
  await shows(ana, 'seen');
  ana.open('lobby');
  ana.save();
  ana.detach();
  await bo.submit('missed one');
  await bo.submit('missed two, @Ana');
  bo.open('lobby');
  await bo.submit('in the lobby\nin two lines');
  await until(() => bo.line.value.waiting === 0);
  const again = pages.load(device);
  await inside(again);
  const dev = find(again, 'room:dev');
  await until(() => dev.unread.value === 2 && dev.mentioned.value === 1);
  await until(() => again.current.value.mark.value !== undefined);
  assert.deepEqual(again.unread.value, { all: 2, urgent: 1 });
  assert.deepEqual(
    again.mentions.value.map(({ text }) => text),
    ['missed two, @Ana'],
  );
  again.step(1, true);
  assert.equal(again.current.value, dev);
  await shows(again, 'missed two, @Ana');
  const key = await dev.toUnread();
  assert.equal(messages(dev).find((line) => line.key === key)?.text, 'missed one');
  assert.equal(find(again, 'lobby').mark.value, undefined, 'a mark goes when one leaves');
});

test('comings and goings, another name', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  const [ana, bo] = [await pages.enter('ana'), await pages.enter('bo')];
  await ana.submit('/msg bo hi');
  await ana.submit('/join dev');
  await bo.submit('/join dev');
  await until(() => ana.current.value.members.value.length === 2);
  assert.equal(await bo.rename('ANA').then((problem) => problem?.what), 'taken');
  assert.equal(await bo.submit('/name bob'), undefined);
  await until(() => ana.current.value.members.value.includes('bob'));
  assert.equal(bo.me.value, 'bob');
  const key = 'with:bo';
  assert.equal(find(ana, key).title.value, 'bob');
  assert.deepEqual(find(ana, key).members.value, ['bob']);
  ana.open(key);
  await bo.submit('/msg ana still me');
  await shows(ana, 'still me');
  await ana.current.value.timeline.toEnd();
  assert.deepEqual(texts(ana.current.value), ['hi', 'still me']);
  await bo.leave();
  await until(() => kinds(ana.current.value.timeline.items.value).at(-1) === 'notice');
  await until(() => find(ana, 'room:dev').members.value.length === 1);
  const [notice] = find(ana, 'lobby').timeline.items.value;
  assert.ok(notice?.type === 'notice');
  assert.deepEqual(
    [notice.came, notice.renamed, notice.left],
    [['bo'], [{ was: 'bo', name: 'bob' }], ['bob']],
  );
});

test('what can not be said or done', DEADLINE, async () => {
  await using server = await Server.start();
  await using pages = new Pages(server.address);
  const ana = await pages.enter('ana');
  const outcomes = await Promise.all(
    [
      '',
      ' \n ',
      'x'.repeat(4093),
      'a\u0007',
      '/nonsense',
      '/leave',
      '/msg',
      '/msg @bo',
      '/join',
      '/join #',
      '/name a b',
    ].map((text) => ana.submit(text)),
  );
  assert.deepEqual(
    outcomes.map((problem) => problem?.what),
    [
      ...['empty', 'empty', 'too-long', 'control-characters', 'unknown-command', 'usage', 'usage'],
      ...[undefined, 'usage', 'room-name', 'name-space'],
    ],
  );
  assert.deepEqual(texts(find(ana, 'lobby')), []);
  ana.open('lobby');
  await ana.submit('//shrug');
  await shows(ana, '/shrug');
  await ana.submit('/help');
  assert.equal(ana.panel.value, 'help');
});

/** The ids of what is shown, in order. */
function ids(one: Conversation): number[] {
  return messages(one).map(({ id }) => id ?? -1);
}

test(
  '8.2 the server is killed in the middle of a talk: nothing lost, nothing doubled, no reload',
  DEADLINE,
  async () => {
    await using server = await Server.start();
    await using pages = new Pages(server.address);
    const [ana, bo] = [await pages.enter('ana'), await pages.enter('bo')];
    const said: string[] = [];
    const say = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) {
        const text = `line ${said.length}`;
        said.push(text);
        assert.equal(await ana.submit(text), undefined);
      }
    };
    await say(30);
    await server.kill();
    await until(() => ana.line.value.state !== 'connected');
    await say(10);
    assert.ok(ana.line.value.waiting >= 10);
    await server.start();
    ana.reconnectNow();
    bo.reconnectNow();
    await until(() => ana.line.value.state === 'connected' && bo.line.value.state === 'connected');
    await say(30);
    await until(() => ana.line.value.waiting === 0);
    for (const page of [ana, bo]) await shows(page, 'line 69');
    for (const page of [ana, bo]) assert.deepEqual(texts(page.current.value), said);
    assert.deepEqual(ids(ana.current.value), ids(bo.current.value));
    assert.ok(
      ![...ana.current.value.timeline.items.value].some((item) => item.type === 'notice' && item.gap),
    );
  },
);

test(
  'history: older lines are had page by page, a window moves over them, and comes back to what is new',
  DEADLINE,
  async () => {
    await using server = await Server.start();
    await using pages = new Pages(server.address);
    const bo = await pages.enter('bo');
    for (let i = 0; i < 450; i++) await bo.submit(`line ${i}`);
    await until(() => bo.line.value.waiting === 0);
    const ana = await pages.enter('ana');
    const { timeline } = ana.current.value;
    assert.equal(texts(ana.current.value).length, 100);
    assert.equal(timeline.hasOlder.value, true);
    await Promise.all([timeline.older(), timeline.older(), bo.submit('meanwhile')]);
    await shows(ana, 'meanwhile');
    assert.equal(texts(ana.current.value).length, 201);
    const { id = 0 } = messages(ana.current.value)[0] ?? {};
    const key = await ana.current.value.toMessage(id - 100);
    assert.ok(key);
    assert.equal(timeline.hasNewer.value, true);
    await bo.submit('while away');
    await until(() => ana.unread.value.all === 1);
    while (timeline.hasNewer.value) await timeline.newer();
    while (timeline.hasOlder.value) await timeline.older();
    const all = Array.from({ length: 450 }, (_, i) => `line ${i}`);
    assert.deepEqual(texts(ana.current.value), [...all, 'meanwhile', 'while away']);
    assert.equal(ana.unread.value.all, 0);
    assert.equal(await ana.current.value.toMessage(999_999), undefined);
  },
);

test(
  '8.2 lines cut again and again, on two pages of one person and one of another: all show the same, once',
  DEADLINE,
  async () => {
    await using server = await Server.start();
    await using pages = new Pages(server.address);
    await using cable = await Cable.start(() => server.port);
    const device = new TestDevice();
    const bo = await pages.enter('bo', new TestDevice(), { address: cable.address });
    const one = await pages.enter('ana', device, { address: cable.address });
    const two = pages.load(device, { address: cable.address });
    await inside(two);
    const all = [bo, one, two];
    const said: string[] = [];
    const doubled: string[] = [];
    for (const { current } of all) {
      current.value.timeline.items.subscribe(() => {
        const unique = texts(current.value).filter((text) => text.includes('in round'));
        if (new Set(unique).size < unique.length) doubled.push(unique.join());
      });
    }
    for (let round = 0; round < 12; round++) {
      for (const [i, page] of all.entries()) {
        // The same text from two pages of one person, and one of several lines.
        const texts = [`round ${round}`, `${i} in round ${round}\n\nand on`];
        for (const text of texts) {
          said.push(text);
          assert.equal(await page.submit(text), undefined);
        }
      }
      cable.cut();
      await until(() => all.every((page) => page.line.value.state !== 'connected'));
      cable.mend();
      for (const page of all) page.reconnectNow();
      if (round % 3 === 0) await until(() => all.every((page) => page.line.value.state === 'connected'));
    }
    await until(() => all.every((page) => page.line.value.waiting === 0));
    await bo.submit('the end');
    for (const page of all) await until(() => texts(page.current.value).includes('the end'));
    const cy = await pages.enter('cy');
    while (cy.current.value.timeline.hasOlder.value) await cy.current.value.timeline.older();
    assert.deepEqual(texts(cy.current.value).toSorted(), [...said, 'the end'].toSorted());
    assert.deepEqual(doubled, [], 'nothing is shown twice, not for a moment');
    for (const page of all) assert.deepEqual(texts(page.current.value), texts(cy.current.value));
    for (const page of all) assert.deepEqual(ids(page.current.value), ids(cy.current.value));
    assert.ok(
      messages(two.current.value).every(
        ({ own, from, state }) => own === (from === 'ana') && state === 'sent',
      ),
    );
  },
);

test(
  '3.6 a line whose receipt was lost is shown once, at every moment, and confirmed under its key',
  DEADLINE,
  async () => {
    await using server = await Server.start();
    await using pages = new Pages(server.address);
    await using cable = await Cable.start(() => server.port);
    const bo = await pages.enter('bo');
    const ana = await pages.enter('ana', new TestDevice(), { address: cable.address });
    const shown: string[][] = [];
    const { timeline } = ana.current.value;
    timeline.items.subscribe(() =>
      shown.push(messages(ana.current.value).map(({ key, text }) => `${key} ${text}`)),
    );
    cable.mute();
    await ana.submit('one\ntwo');
    await shows(bo, 'one\ntwo');
    const [waiting] = messages(ana.current.value);
    assert.equal(waiting?.state, 'waiting');
    cable.cut();
    await until(() => ana.line.value.state !== 'connected');
    cable.mend();
    ana.reconnectNow();
    await until(() => ana.line.value.waiting === 0);
    assert.deepEqual(new Set(shown.flat()), new Set([`${waiting.key} one\ntwo`]));
    assert.deepEqual(
      messages(ana.current.value).map(({ id, key, state }) => [id, key, state]),
      [[messages(bo.current.value)[0]?.id, waiting.key, 'sent']],
    );
  },
);
