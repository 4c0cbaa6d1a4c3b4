import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMANDS, help, readTyped } from './commands.ts';

const READ: Readonly<Record<string, ReturnType<typeof readTyped>>> = {
  'hello there': { do: 'say', text: 'hello there' },
  ' with spaces ': { do: 'say', text: ' with spaces ' },
  '//etc/hosts': { do: 'say', text: '/etc/hosts' },
  '': undefined,
  '  ': undefined,
  '/msg bo  two spaces': { do: 'whisper', to: 'bo', text: ' two spaces' },
  '/W bo hi': { do: 'whisper', to: 'bo', text: 'hi' },
  '/who': { do: 'who' },
  '/who ': { do: 'who' },
  '/rooms': { do: 'rooms' },
  '/join dev': { do: 'join', room: 'dev' },
  '/join': { do: 'join', room: undefined },
  '/leave': { do: 'leave', room: undefined },
  '/name anna': { do: 'name', name: 'anna' },
  '/history': { do: 'history', lines: 20 },
  '/history 7': { do: 'history', lines: 7 },
  '/search two words': { do: 'search', words: 'two words' },
  '/help': { do: 'help' },
  '/quit': { do: 'quit' },
};
for (const [line, typed] of Object.entries(READ)) {
  test(`${JSON.stringify(line)} is read`, () => assert.deepEqual(readTyped(line), typed));
}

for (const line of [
  '/msg',
  '/msg bo',
  '/msg bo  ',
  '/who me',
  '/join a b',
  '/name',
  '/name a b',
  '/history x',
  '/history 501',
  '/search',
]) {
  test(`${line}: says how it is typed`, () => {
    const typed = readTyped(line);
    assert.equal(typed?.do, 'nothing');
    assert.match(typed.help, new RegExp(`^${line.split(' ')[0]}\\b`));
  });
}

test('what is no command says what to do', () => {
  for (const line of ['/nonsense', '/', '/ who', '/constructor'])
    assert.match(JSON.stringify(readTyped(line)), /\/help lists/);
});

test('the help names every command', () => {
  const all = help().join('\n');
  for (const name of [...COMMANDS.keys(), '/text']) assert.match(all, new RegExp(`^/${name}\\b`, 'm'));
});
