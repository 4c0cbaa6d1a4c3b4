import assert from 'node:assert/strict';
import { once } from 'node:events';
import { emitKeypressEvents, type Key } from 'node:readline';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { type Action, Keys } from './keys.ts';

/** What comes of these bytes, as Node.js takes them apart. */
async function actionsOf(bytes: string): Promise<Action[]> {
  const input = new PassThrough();
  const keys = new Keys();
  const actions: Action[] = [];
  emitKeypressEvents(input);
  input.on('keypress', (text: string | undefined, key: Key) => {
    const action = keys.read(text, key);
    if (action) actions.push(action);
  });
  // A key of its own at the end, so that nothing is still being waited for.
  input.end(`${bytes}\x0c`);
  await once(input, 'end');
  assert.deepEqual(actions.pop(), { do: 'redraw' });
  return actions;
}

const EDITS: Readonly<Record<string, string>> = {
  '\x01': 'home',
  '\x1b[H': 'home',
  '\x05': 'end',
  '\x1b[F': 'end',
  '\x02': 'left',
  '\x1b[D': 'left',
  '\x06': 'right',
  '\x1bOC': 'right',
  '\x1bb': 'wordLeft',
  '\x1b[1;5D': 'wordLeft',
  '\x1b[1;3C': 'wordRight',
  '\x1bf': 'wordRight',
  '\x7f': 'deleteLeft',
  '\b': 'deleteLeft',
  '\x1b[3~': 'deleteRight',
  '\x1b\x7f': 'cutWordLeft',
  '\x1bd': 'cutWordRight',
  '\x17': 'cutToSpace',
  '\x15': 'cutLeft',
  '\x0b': 'cutRight',
  '\x19': 'yank',
  '\x14': 'transpose',
  '\x10': 'earlier',
  '\x1b[A': 'earlier',
  '\x0e': 'later',
  '\x1b[B': 'later',
};

for (const [bytes, edit] of Object.entries(EDITS)) {
  test(`${JSON.stringify(bytes)} is ${edit}`, async () => {
    assert.deepEqual(await actionsOf(bytes), [{ do: 'edit', edit }]);
  });
}

test('the other keys', async () => {
  const actions = await actionsOf('\r\t\x1b[Z\x03\x04\x07\x1a');
  assert.deepEqual(actions, [
    { do: 'submit' },
    { do: 'complete', step: 1 },
    { do: 'complete', step: -1 },
    ...(['interrupt', 'deleteOrQuit', 'cancel', 'suspend'] as const).map((name) => ({ do: name })),
  ]);
});

test('text is put in, capitals too; keys that mean nothing here do nothing', async () => {
  const actions = await actionsOf('Aé你👍\x1b[5~\x1b[15~\x1bx\x1f');
  assert.deepEqual(
    actions,
    ['A', 'é', '你', '👍'].map((text) => ({ do: 'insert', text })),
  );
});

test('what is pasted is one, with its tabs and line ends, whatever keys it looks like', async () => {
  const actions = await actionsOf('\x1b[200~a\r\n\tb\rc\x03\x1b[A\x1b[201~d');
  assert.deepEqual(actions, [
    { do: 'paste', text: 'a\n\tb\nc\x03' },
    { do: 'insert', text: 'd' },
  ]);
});
