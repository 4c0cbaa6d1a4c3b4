import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Action } from './keys.ts';
import { act, BEGINNING, type Outcome, type Prompt, question } from './prompt.ts';

const KNOWN = { names: ['bo', 'Bob', 'cy'], rooms: ['dev', 'design'] };

/** What comes of a row of actions. */
function after(...actions: readonly (Action | string)[]): {
  prompt: Prompt;
  line: string;
  outcomes: Outcome[];
} {
  let prompt = BEGINNING;
  const outcomes: Outcome[] = [];
  for (const action of actions) {
    const next = act(prompt, typeof action === 'string' ? { do: 'insert', text: action } : action, KNOWN);
    prompt = next.prompt;
    if (next.outcome) outcomes.push(next.outcome);
  }
  const { text, cursor } = prompt.editor;
  return { prompt, line: `${text.slice(0, cursor)}|${text.slice(cursor)}`, outcomes };
}

const ENTER: Action = { do: 'submit' };
const TAB: Action = { do: 'complete', step: 1 };
const BACK_TAB: Action = { do: 'complete', step: -1 };
const CTRL_C: Action = { do: 'interrupt' };
const CTRL_D: Action = { do: 'deleteOrQuit' };
const ESC: Action = { do: 'cancel' };
const LEFT: Action = { do: 'edit', edit: 'left' };
const UP: Action = { do: 'edit', edit: 'earlier' };
const paste = (text: string): Action => ({ do: 'paste', text });

test('Enter says the line', () => {
  const { line, outcomes } = after('hi', ENTER);
  assert.deepEqual([line, outcomes], ['|', [{ type: 'said', line: 'hi' }]]);
});

test('Tab goes through what fits, Shift-Tab back; anything else is typed behind it', () => {
  assert.equal(after('b', TAB).line, 'bo: |');
  assert.equal(after('b', TAB, TAB).line, 'Bob: |');
  assert.equal(after('b', TAB, TAB, TAB).line, 'bo: |');
  assert.equal(after('b', BACK_TAB).line, 'Bob: |');
  assert.equal(after('b', TAB, BACK_TAB).line, 'Bob: |');
  assert.equal(after('b', TAB, 'x', TAB).line, 'bo: x|');
  assert.equal(after('b', TAB, ESC).line, 'b|');
  assert.equal(after('and c', TAB).line, 'and cy |');
  assert.equal(after('zzz', TAB).line, 'zzz|');
});

test('Ctrl-C empties the line, which Up brings back; on an empty line it asks, and twice leaves', () => {
  assert.equal(after('typed', CTRL_C).line, '|');
  assert.equal(after('typed', CTRL_C, UP).line, 'typed|');
  const asked = after(CTRL_C);
  assert.deepEqual(asked.outcomes, []);
  assert.match(question(asked.prompt) ?? '', /once more/);
  assert.deepEqual(after(CTRL_C, CTRL_C).outcomes, [{ type: 'quit' }]);
  assert.deepEqual(after(CTRL_C, 'a', CTRL_C, CTRL_C).outcomes, []);
  assert.equal(question(after(CTRL_C, 'a').prompt), undefined);
});

test('Ctrl-D deletes; on an empty line it leaves', () => {
  assert.deepEqual(after('ab', LEFT, CTRL_D).line, 'a|');
  assert.deepEqual(after(CTRL_D).outcomes, [{ type: 'quit' }]);
});

test('one pasted line is as if it had been typed', () => {
  assert.equal(after('ab', LEFT, paste('one')).line, 'aone|b');
  assert.equal(after(paste('one\n')).line, 'one|');
  assert.deepEqual(after(paste('one\n')).outcomes, []);
});

test('several pasted lines ask first', () => {
  const asked = after('ab', LEFT, paste('one\n\ntwo\n three\n'));
  assert.match(question(asked.prompt) ?? '', /^3 lines pasted/);
  assert.deepEqual([asked.line, asked.outcomes], ['a|b', []]);
});

test('Enter and y say them as one text, with what had been typed around them', () => {
  for (const yes of [ENTER, 'y']) {
    const { line, outcomes } = after('ab', LEFT, paste('one\n\ntwo\n three\n'), yes);
    assert.deepEqual([line, outcomes], ['|', [{ type: 'saidTogether', lines: ['aone', 'two', ' threeb'] }]]);
  }
});

test('j joins them to one line; Escape, Ctrl-C and n drop them; nothing else is heard', () => {
  assert.equal(after('ab', LEFT, paste('one\ntwo'), 'j').line, 'aone two|b');
  for (const no of [ESC, CTRL_C, 'n']) assert.equal(after('ab', LEFT, paste('one\ntwo'), no).line, 'a|b');
  assert.equal(after('ab', LEFT, paste('one\ntwo'), 'x', TAB, UP, 'j').line, 'aone two|b');
});
