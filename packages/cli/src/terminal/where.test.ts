import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { InvalidArgumentError } from 'commander';
import { toAddressText } from './address-text.ts';
import { Memory } from './memory.ts';
import { asDevice, whereAndWho } from './where.ts';

test('each address is written in one way', () => {
  const same: Readonly<Record<string, string>> = {
    localhost: 'tcp://localhost:7070',
    'localhost:7': 'tcp://localhost:7',
    'tls://chat.example.org': 'tls://chat.example.org:7072',
    '[::1]:7070': 'tcp://[::1]:7070',
    'wss://chat.example.org': 'wss://chat.example.org:443/chat',
    'ws://localhost:7071/other': 'ws://localhost:7071/other',
  };
  for (const [text, written] of Object.entries(same)) {
    assert.equal(toAddressText(text), written);
    assert.equal(toAddressText(written), written);
  }
});

test('what is no address says what to say instead', () => {
  const says = (text: string): string => {
    try {
      return toAddressText(text);
    } catch (error) {
      assert.ok(error instanceof InvalidArgumentError);
      return error.message;
    }
  };
  assert.match(says('https://chat.example.org/x'), /say it as wss:\/\/chat\.example\.org\/x/);
  assert.match(says('http://localhost:7071'), /say it as ws:\/\/localhost:7071/);
  for (const text of ['irc://x', '', 'a b', '/path', 'tcp://']) assert.match(says(text), /Say HOST:PORT/);
});

test('flags come first, then what is remembered, then what is likely', () => {
  const folder = mkdtempSync(join(tmpdir(), 'palabre-where-'));
  const memory = new Memory(join(folder, 'servers.json'));
  const first = whereAndWho({}, memory);
  assert.equal(first.address, 'tcp://localhost:7070');
  assert.notEqual(first.name, '');

  const session = { name: 'ana', token: '1.x' };
  memory.keep({ address: 'tcp://elsewhere:1', name: 'cy' });
  memory.keep({ address: 'tcp://here:1', name: 'ana', room: 'dev', session });
  assert.deepEqual(whereAndWho({ key: 'k' }, memory), {
    ...{ address: 'tcp://here:1', name: 'ana', room: 'dev', session, key: 'k' },
  });
  assert.deepEqual(whereAndWho({ as: 'bo' }, memory), {
    ...{ address: 'tcp://here:1', name: 'bo' },
    ...{ room: undefined, session: undefined, key: undefined },
  });
  const device = asDevice({ ...whereAndWho({}, memory), session: { ...session, after: 7, rooms: ['dev'] } });
  assert.deepEqual(device.session, session);
  assert.equal(asDevice(first).session, undefined);
  assert.equal(whereAndWho({ server: 'tcp://elsewhere:1' }, memory).name, 'cy');
  rmSync(folder, { recursive: true });
});
