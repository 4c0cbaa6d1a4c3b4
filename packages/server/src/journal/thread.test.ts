import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JournalUnwritable } from './errors.ts';
import { Thread } from './thread.ts';

function thread(program: string): Thread<string, string> {
  const begin = `
    import { parentPort as port, workerData } from 'node:worker_threads';
    import { answering } from '${new URL('./answers.ts', import.meta.url)}';
    const say = answering(workerData);`;
  const file = new URL(`data:text/javascript,${encodeURIComponent(begin + program)}`);
  return new Thread(file, {}, (reason) => new JournalUnwritable(reason));
}

test('answers come to those who asked, in order', async () => {
  const echo = thread(
    "port.on('message', (text) => text === 'close' ? port.close() : say(text === 'no' ? { error: 'no' } : { value: text }))",
  );
  const answers = await Promise.allSettled(['a', 'no', 'b'].map((text) => echo.ask(text)));
  assert.deepEqual(
    answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : answer.reason.message)),
    ['a', new JournalUnwritable('no').message, 'b'],
  );
  await echo.close();
});

for (const [how, program] of [
  ['throws', "port.on('message', () => { throw new Error('lost') })"],
  ['exits', "port.on('message', () => process.exit(3))"],
  ['cannot be read', 'this is no program'],
] as const) {
  test(`a thread that ${how} leaves nobody waiting: what was asked, and what is asked later, is rejected`, async () => {
    const dying = thread(program);
    const deaths: string[] = [];
    dying.onDeath = (reason) => deaths.push(reason);
    const asked = await Promise.allSettled([dying.ask('a'), dying.ask('b')]);
    assert.deepEqual(
      asked.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    await assert.rejects(dying.ask('c'), JournalUnwritable);
    await dying.close();
    assert.deepEqual([dying.died, deaths.length], [true, 1]);
  });
}

test('a thread that is closed has not died', async () => {
  const closing = thread("port.on('message', () => port.close())");
  closing.onDeath = assert.fail;
  await closing.close();
  assert.equal(closing.died, false);
});

test('its answer can be waited for in the middle of a turn, but no longer than is said', async () => {
  const echo = thread(
    "port.on('message', (text) => text === 'close' ? port.close() : text !== 'quiet' && say({ value: text }))",
  );
  const heard: unknown[] = [];
  echo.wait(60_000); // Nothing was asked: it returns at once, or the test does not end in time.
  for (const text of ['a', 'b', 'quiet']) echo.request(text, (reply) => heard.push(reply));
  while (heard.length < 2) echo.wait(60_000); // No turn of the event loop passes in here.
  assert.deepEqual(heard, [{ value: 'a' }, { value: 'b' }]);
  echo.wait(1);
  assert.deepEqual([heard.length, echo.asked], [2, true]);
  await echo.close();
  assert.deepEqual(heard[2], { error: 'its thread has ended' });
});

test('what a thread said before it died is heard', async () => {
  const dying = thread("port.on('message', (text) => { say({ value: text }); process.exit(3); })");
  assert.equal(await dying.ask('a'), 'a');
  await assert.rejects(dying.ask('b'), JournalUnwritable);
});
