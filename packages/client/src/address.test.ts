import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseServerAddress } from './address.ts';

test('addresses, with and without scheme, port and path', () => {
  const read = (text: string) => {
    const { scheme, host, port } = parseServerAddress(text);
    return `${scheme} ${host} ${port}`;
  };
  assert.equal(read('localhost:7071'), 'tcp localhost 7071');
  assert.equal(read('localhost'), 'tcp localhost 7070');
  assert.equal(read('tcp://[::1]:80'), 'tcp ::1 80');
  assert.equal(read('tls://chat.example'), 'tls chat.example 7072');
  assert.equal(read('WS://chat.example'), 'ws chat.example 7071');
  assert.equal(read('wss://chat.example'), 'wss chat.example 443');
  assert.equal(parseServerAddress('wss://chat.example').url, 'wss://chat.example:443/chat');
  assert.equal(parseServerAddress('ws://h:80/there?a=b').url, 'ws://h:80/there?a=b');
});

test('what is no address says how to say one', () => {
  for (const text of ['', 'tcp://', 'http://x', 'a b', 'host:port', 'host:70000', '://x', '/etc/passwd'])
    assert.throws(() => parseServerAddress(text), /say it as tcp:\/\/localhost:7070/, text);
});
