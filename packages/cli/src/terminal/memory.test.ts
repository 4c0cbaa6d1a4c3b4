import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { Memory, memoryFile } from './memory.ts';

function fresh(): { memory: Memory; file: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-memory-'));
  const file = join(folder, 'state', 'palabre', 'servers.json');
  return {
    memory: new Memory(file),
    file,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true }),
  };
}

const here = {
  address: 'tcp://localhost:7070',
  name: 'ana',
  session: { name: 'ana', token: '1.x', after: 7 },
};

test('what is kept is found again, and nobody else can read it', () => {
  using it = fresh();
  assert.deepEqual(it.memory.visits, []);
  it.memory.keep(here);
  assert.deepEqual(it.memory.visits, [here]);
  assert.equal(statSync(it.file).mode & 0o777, 0o600);
  assert.equal(statSync(dirname(it.file)).mode & 0o777, 0o700);
});

test('the latest visit is the first; one for each server and name, in whatever spelling', () => {
  using it = fresh();
  const elsewhere = { address: 'wss://chat.example.org/chat', name: 'ana' };
  it.memory.keep(here);
  it.memory.keep(elsewhere);
  it.memory.keep({ ...here, name: 'bo' });
  it.memory.keep({ ...here, name: 'ANA', room: 'dev' });
  assert.deepEqual(
    it.memory.visits.map(({ address, name }) => `${name} ${address}`),
    ['ANA tcp://localhost:7070', 'bo tcp://localhost:7070', 'ana wss://chat.example.org/chat'],
  );
  assert.equal(it.memory.find(here.address, 'bo')?.name, 'bo');
  assert.equal(it.memory.find(elsewhere.address)?.name, 'ana');
  assert.equal(it.memory.find('tcp://localhost:1'), undefined);
});

test('another name takes the place of the old one', () => {
  using it = fresh();
  it.memory.keep(here);
  it.memory.keep({ ...here, name: 'anna' }, 'ana');
  assert.deepEqual(
    it.memory.visits.map(({ name }) => name),
    ['anna'],
  );
});

test('at most 20 are kept', () => {
  using it = fresh();
  for (let i = 0; i < 25; i++) it.memory.keep({ ...here, name: `n${i}` });
  assert.deepEqual([it.memory.visits.length, it.memory.visits[0]?.name], [20, 'n24']);
});

for (const text of [
  '',
  '{',
  '7',
  '{"a":1}',
  '[null, 7, {"address": 1, "name": "x"}, {"address": "a", "name": "b", "session": {}}]',
]) {
  test(`a file that holds ${JSON.stringify(text)} holds nothing, and can be written over`, () => {
    using it = fresh();
    mkdirSync(dirname(it.file), { recursive: true });
    writeFileSync(it.file, text);
    assert.deepEqual(it.memory.visits, []);
    it.memory.keep(here);
    assert.deepEqual(JSON.parse(readFileSync(it.file, 'utf8')), [here]);
  });
}

test('it is where the XDG base directory specification says', () => {
  assert.equal(memoryFile({ XDG_STATE_HOME: '/s' }), '/s/palabre/servers.json');
  for (const env of [{}, { XDG_STATE_HOME: '' }, { XDG_STATE_HOME: 'relative' }])
    assert.match(memoryFile(env), /\/\.local\/state\/palabre\/servers\.json$/);
});
