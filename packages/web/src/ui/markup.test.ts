import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseText } from './markup.ts';

const link = (text: string, href = text) => ({ type: 'link', text, href });
const text = (words: string) => ({ type: 'text', text: words });

test('a text without anything in it is one piece, line ends and all', () => {
  assert.deepEqual(parseText('good\nevening'), [text('good\nevening')]);
  assert.deepEqual(parseText(''), []);
});

test('an address of http or https is a link, without what the sentence puts behind it', () => {
  assert.deepEqual(parseText('see https://palabre.example/a?b=1#c, and go.'), [
    text('see '),
    link('https://palabre.example/a?b=1#c'),
    text(', and go.'),
  ]);
  assert.deepEqual(parseText('(http://a.example/x_(y))'), [
    text('('),
    link('http://a.example/x_(y)'),
    text(')'),
  ]);
});

test('nothing else is a link', () => {
  for (const said of [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'xhttps://a',
    'https://',
  ]) {
    assert.deepEqual(parseText(said), [text(said)]);
  }
});

test('code keeps what is in it as it is', () => {
  assert.deepEqual(parseText('run `npm ci` now'), [
    text('run '),
    { type: 'code', text: 'npm ci' },
    text(' now'),
  ]);
  assert.deepEqual(parseText('`https://a.example`'), [{ type: 'code', text: 'https://a.example' }]);
  assert.deepEqual(parseText('a ` alone'), [text('a ` alone')]);
});

test('a block keeps its lines and drops its language', () => {
  assert.deepEqual(parseText('so:\n```ts\nlet a;\n\n  a = 1;\n```\ngood'), [
    text('so:\n'),
    { type: 'block', text: 'let a;\n\n  a = 1;' },
    text('\ngood'),
  ]);
  assert.deepEqual(parseText('```one line```'), [{ type: 'block', text: 'one line' }]);
  assert.deepEqual(parseText('``` never closed'), [text('``` never closed')]);
});

test('the reader’s own name is marked as a word of its own, in any case', () => {
  assert.deepEqual(parseText('Ana: and @ana, not banana', 'ana'), [
    { type: 'mention', text: 'Ana' },
    text(': and '),
    { type: 'mention', text: '@ana' },
    text(', not banana'),
  ]);
  for (const name of ['a+b', 'a-b', '(^.^)', '$&']) {
    assert.deepEqual(parseText(`${name} hi`, name), [{ type: 'mention', text: name }, text(' hi')]);
  }
});
