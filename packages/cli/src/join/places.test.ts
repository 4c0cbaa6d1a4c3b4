import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '@palabre/client';
import { Places } from './places.ts';

function said(id: number, room?: string): Message {
  const flags = { own: false, old: false, cont: false, private: false };
  return { type: 'message', from: 'bo', text: String(id), id, at: id, room, ...flags };
}

test('people come, go and take other names, each in the places where they are', () => {
  const places = new Places();
  const dev = places.enter('dev');
  places.lobby.people = ['ana', 'bo'];
  dev.people = ['ana'];
  places.follow({ type: 'arrived', name: 'cy', own: false });
  places.follow({ type: 'arrived', name: 'bo', room: 'DEV', own: false });
  assert.deepEqual(
    [places.lobby.people, dev.people],
    [
      ['ana', 'bo', 'cy'],
      ['ana', 'bo'],
    ],
  );
  places.follow({ type: 'renamed', was: 'Bo', name: 'bob', own: false });
  assert.deepEqual(
    [places.lobby.people, dev.people],
    [
      ['ana', 'bob', 'cy'],
      ['ana', 'bob'],
    ],
  );
  places.follow({ type: 'left', name: 'bob', room: 'dev', own: false });
  assert.deepEqual([places.lobby.people, dev.people], [['ana', 'bob', 'cy'], ['ana']]);
  places.follow({ type: 'left', name: 'ANA', own: false });
  assert.deepEqual([places.lobby.people, dev.people], [['bob', 'cy'], []]);
});

test('whoever comes or goes makes a list that was asked for meanwhile out of date', () => {
  const { lobby } = new Places();
  const { changes } = lobby;
  lobby.arrived('cy');
  assert.notEqual(lobby.changes, changes);
});

test('rooms are those that one enters and leaves, here or on another device', () => {
  const places = new Places();
  places.follow({ type: 'arrived', name: 'ana', room: 'dev', own: true });
  places.look(places.enter('Dev'));
  assert.deepEqual([places.current.title, places.all.length], ['dev', 2]);
  places.follow({ type: 'left', name: 'ana', room: 'dev', own: true });
  assert.deepEqual([places.current.title, places.all.length], ['lobby', 1]);
});

test('what is said elsewhere waits, and is seen once', () => {
  const dev = new Places().enter('dev');
  dev.shown(said(3, 'dev'));
  for (const id of [2, 3, 4, 5]) dev.keep(said(id, 'dev'), id === 4);
  assert.deepEqual([dev.unread, dev.mentioned], [4, true]);
  const { messages, earlier } = dev.look();
  assert.deepEqual([messages.map(({ id }) => id), earlier], [[4, 5], 0]);
  assert.deepEqual([dev.unread, dev.mentioned, dev.look().messages], [0, false, []]);
});

test('of very much only the end is kept, and how much there was', () => {
  const dev = new Places().enter('dev');
  for (let id = 1; id <= 1000; id++) dev.keep(said(id, 'dev'), false);
  assert.equal(dev.unread, 1000);
  const { messages, earlier } = dev.look();
  assert.deepEqual([messages.length, messages.at(-1)?.id, earlier], [200, 1000, 800]);
});

test('those who spoke last come first', () => {
  const places = new Places();
  for (const name of ['ana', 'bo', 'Ana', 'cy']) places.spoke(name);
  assert.deepEqual(places.speakers, ['cy', 'Ana', 'bo']);
});
