import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InvalidArgumentError } from 'commander';
import { toPlace } from './place.ts';

function token(claims: unknown): string {
  return `${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

test('an address is one', () => {
  assert.deepEqual(toPlace('localhost'), { address: 'tcp://localhost:7070' });
  for (const text of ['https://chat.example.org/', 'https://chat.example.org/#other=x', 'irc://x#invite=x'])
    assert.throws(() => toPlace(text), InvalidArgumentError);
});

test('a link that invites leads to where the page of the chat is, and gives the key and the room', () => {
  const key = token({ id: 'x', until: 1, room: 'été' });
  assert.deepEqual(toPlace(`https://chat.example.org/#invite=${key}`), {
    ...{ address: 'wss://chat.example.org:443/chat', key, room: 'été' },
  });
  assert.equal(toPlace(`http://127.0.0.1:7071/#invite=${key}`).address, 'ws://127.0.0.1:7071/chat');
});

test('whatever the token says, it is no more than a key', () => {
  for (const strange of [
    'nonsense',
    'bnVsbA',
    '.',
    token({ room: 7 }),
    token({ room: '\u001b[2J' }),
    token([]),
  ])
    assert.deepEqual(toPlace(`https://x/#invite=${strange}`), {
      ...{ address: 'wss://x:443/chat', key: strange, room: undefined },
    });
});
