import assert from 'node:assert/strict';
import { BlockList } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { formatNetwork, isIn, NetworkMap, parseNetwork } from './networks.ts';

function written(text: string): string | undefined {
  const network = parseNetwork(text);
  return network && formatNetwork(network);
}

test('a network is written in one way', () => {
  for (const [text, canonical] of [
    ['192.0.2.7', '192.0.2.7'],
    ['192.0.2.7/32', '192.0.2.7'],
    ['192.0.2.7/24', '192.0.2.0/24'],
    ['0.0.0.0/0', '0.0.0.0/0'],
    ['255.255.255.255/1', '128.0.0.0/1'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:c000:207/120', '192.0.2.0/24'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8::1/128', '2001:db8::1'],
    ['2001:db8:1:2:3:4:5:6/64', '2001:db8:1:2::/64'],
    ['::/0', '::/0'],
    ['::1', '::1'],
    ['fe80::1%eth0', 'fe80::1'],
  ])
    assert.equal(written(text ?? ''), canonical, text);
});

test('what is none is none', () => {
  for (const text of [
    ...['', '/', '/8', '1.2.3', '1.2.3.4.5', '1.2.3.256', '01.2.3.4', '1.2.3.4/33', '1.2.3.4/', '1.2.3.4/-1'],
    ...[
      '1.2.3.4/8/8',
      ' 1.2.3.4',
      '1.2.3.4 ',
      ':::',
      '::1/129',
      '::g',
      '1::2::3',
      '::ffff:1.2.3.4/95',
      'example.org',
    ],
    ...['[::1]', '::1]/[', 'a:b@c', '0x7f.0.0.1', '::1/', '::1/1x'],
  ])
    assert.equal(parseNetwork(text), undefined, text);
});

const v4 = fc.ipV4();
const v6 = fc.ipV6();
const network = fc.oneof(
  fc.tuple(v4, fc.integer({ min: 0, max: 32 })),
  fc.tuple(v6, fc.integer({ min: 0, max: 128 })),
);

test('an address is in a network where the system says so', () => {
  fc.assert(
    fc.property(network, fc.oneof(v4, v6), ([base, bits], address) => {
      const within = parseNetwork(`${base}/${bits}`) ?? assert.fail(base);
      const list = new BlockList();
      list.addSubnet(base, bits, base.includes(':') ? 'ipv6' : 'ipv4');
      // What IPv6 writes as one of IPv4 is one of IPv4 to us: the system takes it for both.
      fc.pre(!/^::ffff:\d/i.test(address) && within.family === (base.includes(':') ? 6 : 4));
      const family = address.includes(':') ? 'ipv6' : 'ipv4';
      fc.pre((family === 'ipv6') === (within.family === 6));
      assert.equal(isIn(address, within), list.check(address, family), `${address} in ${base}/${bits}`);
    }),
  );
});

test('reading what was written gives the same network', () => {
  fc.assert(
    fc.property(network, ([base, bits]) => {
      const one = parseNetwork(`${base}/${bits}`) ?? assert.fail(base);
      assert.deepEqual(parseNetwork(formatNetwork(one)), one);
    }),
  );
});

test('those around an address are found, and none after it is taken out', () => {
  const map = new NetworkMap<string>();
  for (const text of ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3', '2001:db8::/32', '::/0']) {
    map.set(parseNetwork(text) ?? assert.fail(), text);
  }
  const around = (address: string) => [...map.around(address)].sort();
  assert.deepEqual(around('10.1.2.3'), ['10.0.0.0/8', '10.1.0.0/16', '10.1.2.3']);
  assert.deepEqual(around('::ffff:10.2.0.1'), ['10.0.0.0/8']);
  assert.deepEqual(around('2001:db8::9%eth0'), ['2001:db8::/32', '::/0']);
  assert.deepEqual(around('nonsense'), []);
  const ten = parseNetwork('10.0.0.0/8') ?? assert.fail();
  assert.deepEqual([map.delete(ten), map.delete(ten)], [true, false]);
  assert.deepEqual(around('10.2.0.1'), []);
});
