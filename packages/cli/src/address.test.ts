import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAddress, parseAddress } from './address.ts';

test('an address is a host or an IP address, and a port', () => {
  for (const [text, host, port] of [
    ['127.0.0.1:7070', '127.0.0.1', 7070],
    ['localhost:0', 'localhost', 0],
    ['chat.example.org:65535', 'chat.example.org', 65_535],
    ['[::1]:7070', '::1', 7070],
    ['[fe80::1%eth0]:7070', 'fe80::1%eth0', 7070],
  ] as const) {
    assert.deepEqual(parseAddress(text), { host, port });
    assert.equal(formatAddress({ host, port }), text);
  }
});

test('anything else is none', () => {
  for (const text of ['', '7070', ':7070', 'localhost', 'localhost:', 'localhost:65536', '::1:7070'])
    assert.equal(parseAddress(text), undefined, text);
  for (const text of [
    'tcp://localhost:7070',
    'a b:7070',
    'localhost:7070/',
    'localhost:-1',
    '[::1]',
    '[]:7070',
  ])
    assert.equal(parseAddress(text), undefined, text);
});
