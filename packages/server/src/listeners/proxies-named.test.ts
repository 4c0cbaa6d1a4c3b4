import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalAddress } from './canonical.ts';
import { proxiesNamed } from './proxies.ts';

test('proxies are trusted by address or network, for both ways in or for one', () => {
  const { lines, http } = proxiesNamed([
    '10.0.0.0/8',
    'tcp=192.0.2.7',
    'http=2001:db8::/32',
    '::ffff:198.51.100.1',
  ]);
  const both = ['10.0.0.1', '10.255.255.255', '::ffff:10.1.2.3', '198.51.100.1', '::ffff:198.51.100.1'];
  for (const address of both) assert.ok(lines(address) && http(address), address);
  assert.ok(lines('192.0.2.7') && !http('192.0.2.7'));
  assert.ok(http('2001:db8:ffff::1') && !lines('2001:db8:ffff::1'));
  for (const address of ['11.0.0.1', '192.0.2.8', '2001:db9::1', '::1', '127.0.0.1', '', 'nonsense'])
    assert.ok(!lines(address) && !http(address), address);
});

test('without a name nobody is', () => {
  const { lines, http } = proxiesNamed([]);
  assert.ok(!lines('127.0.0.1') && !http('127.0.0.1'));
});

for (const name of [
  '',
  'proxy.example.org',
  '10.0.0.0/33',
  '10.0.0.0/0',
  '10.0.0.0/',
  '::/129',
  'udp=10.0.0.1',
  '10.0.0.1:80',
  'tcp=',
]) {
  test(`no proxy: '${name}'`, () => assert.throws(() => proxiesNamed([name]), TypeError));
}

test('an address is written in one way', () => {
  const written = [
    '192.0.2.1',
    '::FFFF:c000:201',
    '2001:DB8:0:0:0::1',
    '::1',
    'fe80::1%lo',
    '192.0.2.256',
    '',
    '1',
  ];
  const canonical = [
    '192.0.2.1',
    '192.0.2.1',
    '2001:db8::1',
    '::1',
    'fe80::1',
    undefined,
    undefined,
    undefined,
  ];
  assert.deepEqual(written.map(canonicalAddress), canonical);
});
