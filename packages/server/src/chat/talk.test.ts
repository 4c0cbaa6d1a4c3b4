import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameKey, parseName } from '@palabre/protocol';
import { Chat } from './chat.ts';
import type { Command } from './commands.ts';

const ANA = 1;

/** A chat with one member, and what each command comes to: what it keeps, and the `why` of what it sends. */
function chat() {
  const chat = new Chat();
  let id = 0;
  const apply = (command: Command): string => {
    const { effects, records } = chat.apply(command, ++id, id);
    if (records.length > 0) return 'kept';
    const [effect] = effects;
    return (effect && 'line' in effect && effect.line.marks?.why) || 'nothing kept';
  };
  const name = parseName('ana') ?? assert.fail();
  apply({ type: 'enter', connection: ANA, name, extended: true });
  const ids = new Map<string | undefined, number>();
  const say = (ref?: string): string => {
    const came = apply({ type: 'say', connection: ANA, room: '', text: 'hi', ref });
    if (came === 'kept') ids.set(ref, id);
    return came;
  };
  const unsay = (ref?: string): string =>
    apply({ type: 'unsay', connection: ANA, author: 1, message: ids.get(ref) ?? 0, ref });
  return { apply, say, unsay };
}

test('3.6 while a line that could not be kept has not been said again, those after it are not taken', () => {
  const { say, unsay } = chat();
  assert.deepEqual([say('a'), say('b'), say('c')], ['kept', 'kept', 'kept']);
  assert.deepEqual([unsay('b'), unsay('c')], ['full', 'full']);
  assert.equal(say('d'), 'full', 'it was on its way, and would overtake b');
  assert.equal(say('a'), 'nothing kept', 'it was said: its receipt comes');
  assert.equal(say(), 'kept', 'without a ref nothing is promised');
  assert.deepEqual([say('b'), say('c'), say('d')], ['kept', 'kept', 'kept']);
});

test('3.6 EXT lets the connection say on: what could not be kept has been given up', () => {
  const { apply, say, unsay } = chat();
  say('a');
  unsay('a');
  assert.equal(say('b'), 'full');
  apply({ type: 'extend', connection: ANA });
  assert.equal(say('b'), 'kept');
});

test('3.6 another connection of the member says on meanwhile', () => {
  const { apply, say, unsay } = chat();
  const name = parseName('ana') ?? assert.fail();
  apply({ type: 'resume', connection: 2, identity: 1, name, extended: true });
  say('a');
  unsay('a');
  assert.equal(apply({ type: 'whisper', connection: ANA, to: nameKey('ana'), text: 'x', ref: 'b' }), 'full');
  assert.equal(apply({ type: 'say', connection: 2, room: '', text: 'x', ref: 'c' }), 'kept');
});
