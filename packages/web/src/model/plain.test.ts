/** With a server of the nine words alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TestDevice } from './testing/device.ts';
import { find, inside, kinds, messages, Pages, shows, texts } from './testing/pages.ts';
import { PlainServer } from './testing/plain-server.ts';
import { until } from './testing/until.ts';

const DEADLINE = { timeout: 60_000 };

test(
  '1 nine words are enough to enter, talk, see who is here, say something to one alone and leave',
  DEADLINE,
  async () => {
    await using server = await PlainServer.start();
    await using pages = new Pages(server.address);
    const device = new TestDevice();
    const [ana, bo] = [await pages.enter('ana', device), await pages.enter('bo')];
    assert.equal(ana.extended.value, false);
    await ana.submit('hello\nbo');
    await shows(bo, 'bo');
    assert.deepEqual(texts(bo.current.value), ['hello', 'bo'], 'which lines belong together can not be told');
    assert.deepEqual(texts(ana.current.value), ['hello\nbo']);
    await until(() => messages(ana.current.value)[0]?.state === 'sent');
    await bo.submit('hello Ana');
    await shows(ana, 'hello Ana');
    assert.equal(messages(ana.current.value).at(-1)?.mention, true);
    assert.deepEqual(new Set(ana.current.value.members.value), new Set(['ana', 'bo']));
    await ana.submit('/msg bo psst');
    await until(() => bo.unread.value.urgent === 1);
    bo.open('with:ana');
    await shows(bo, 'psst');
    assert.equal(bo.unread.value.all, 0);
    await bo.submit('/msg nobody hi');
    await until(() => bo.announced.value?.type === 'problem');
    assert.deepEqual(bo.announced.value, { type: 'problem', problem: { what: 'nobody' } });
    assert.equal((await ana.submit('/join dev'))?.what, 'unsupported');
    await ana.current.value.timeline.older();
    assert.equal(ana.current.value.timeline.hasOlder.value, false);
    assert.equal(await ana.current.value.toMessage(1), undefined);
    ana.search.query.value = 'hello';
    await ana.search.run();
    assert.equal(ana.search.state.value, 'failed');
    await bo.leave();
    await until(() => kinds(find(ana, 'lobby').timeline.items.value).at(-1) === 'notice');
    assert.equal(device.kept.has('palabre:session'), false);
  },
);

test('where the line was lost, lines may be missing, and that is shown', DEADLINE, async () => {
  await using server = await PlainServer.start();
  await using pages = new Pages(server.address);
  const ana = await pages.enter('ana');
  await ana.submit('before');
  await until(() => messages(ana.current.value)[0]?.state === 'sent');
  server.cut();
  await until(() => ana.line.value.state !== 'connected');
  ana.reconnectNow();
  await inside(ana);
  await until(() => ana.line.value.state === 'connected');
  await ana.submit('after');
  await until(() => messages(ana.current.value)[1]?.state === 'sent');
  const gap = ana.current.value.timeline.items.value.findIndex((item) => item.type === 'notice' && item.gap);
  assert.ok(gap > 0);
  assert.deepEqual(kinds(ana.current.value.timeline.items.value.slice(gap + 1)), ['after']);
});
