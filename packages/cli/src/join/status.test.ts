import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '@palabre/client';
import stringWidth from 'string-width';
import { plain } from '../terminal/paint.ts';
import { Places } from './places.ts';
import { bar, statusText } from './status.ts';

function said(room: string): Message {
  const flags = { own: false, old: false, cont: false, private: false };
  return { type: 'message', from: 'bo', text: 'hi', id: 1, at: 0, room, ...flags };
}

test('where one is, how the line is, what is unseen elsewhere, who is here', () => {
  const places = new Places();
  places.lobby.people = ['ana', 'bo'];
  assert.equal(statusText({ places, line: 'online', unsaid: 0 }), 'lobby · online · 2 here: ana bo');
  places.enter('dev').keep(said('dev'), false);
  places.enter('notes').keep(said('notes'), true);
  places.enter('quiet');
  assert.equal(
    statusText({ places, line: 'offline', unsaid: 3 }),
    'lobby · offline, 3 to say · dev 1 · notes 1! · 2 here: ana bo',
  );
  places.look(places.enter('dev'));
  assert.equal(statusText({ places, line: 'online', unsaid: 3 }), 'dev · online · notes 1!');
});

test('a name that would drive the terminal does not', () => {
  const places = new Places();
  places.lobby.people = ['\x1b[2J'];
  assert.doesNotMatch(statusText({ places, line: 'online', unsaid: 0 }), /\p{Cc}/u);
});

test('the row leaves the last column free', () => {
  for (const columns of [1, 2, 10, 40, 80]) {
    const row = bar('lobby · online · 2 here: 你好 ana', columns, plain);
    assert.ok(row.width < columns);
    assert.equal(row.width, stringWidth(row.text));
  }
});
