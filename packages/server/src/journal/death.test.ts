/** A thread of the journal's dies: the one that reads comes back by itself, the one that writes ends the server, and nothing is in doubt. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { type JournalLost, JournalUnreadable } from './errors.ts';
import { kept, lobby, said, temporary } from './samples.ts';
import { openJournal } from './sqlite.ts';

/** From now on, a thread that is asked for something with this text in it ends instead. */
function deadly(t: TestContext, text: string): void {
  const { postMessage } = Worker.prototype;
  t.mock.method(Worker.prototype, 'postMessage', function (this: Worker, asked: unknown) {
    if (JSON.stringify(asked).includes(text)) void this.terminate();
    else postMessage.call(this, asked);
  });
}

test('the reader dies: what it was asked is rejected, the operator told, and the next query answered by another', async (t) => {
  deadly(t, 'fatal');
  const told: string[] = [];
  const { journal } = await openJournal(temporary(t), { onReaderLost: (reason) => told.push(reason) });
  t.after(() => journal.close());
  await kept(journal, [said(1)]);
  for (let i = 1; i <= 3; i++) {
    await assert.rejects(journal.history({ ...lobby, find: 'fatal' }), JournalUnreadable);
    assert.equal((await journal.history(lobby)).messages.length, 1);
    assert.deepEqual(told, Array(i).fill('its thread has ended'));
  }
});

test('a reader that died before the journal was closed stays dead', async (t) => {
  deadly(t, 'fatal');
  const { journal } = await openJournal(temporary(t));
  await assert.rejects(journal.history({ ...lobby, find: 'fatal' }), JournalUnreadable);
  await journal.close();
  await assert.rejects(journal.history(lobby), JournalUnreadable);
});

test('8.1 the writer dies: what it was given is neither acknowledged nor refused, and who opens the journal anew knows', async (t) => {
  deadly(t, 'fatal');
  const directory = temporary(t);
  let settled = false;
  const lost = await new Promise<JournalLost>((resolve, reject) => {
    void openJournal(directory, { onLost: resolve }).then(async ({ journal }) => {
      t.after(() => journal.close());
      await kept(journal, [said(1)]);
      const settle = (): void => {
        settled = true;
      };
      journal.keep([said(2, { text: 'fatal' })], settle);
      journal.keep([said(3)], settle);
    }, reject);
  });
  assert.match(
    lost.message,
    /^the thread that writes the journal has died \(.+\): the server must be started again$/,
  );
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(settled, false);
  t.mock.restoreAll();
  const { journal, restored } = await openJournal(directory); // The directory is free again, though the process lives.
  assert.equal(restored.lastId, 1);
  await journal.close();
});
