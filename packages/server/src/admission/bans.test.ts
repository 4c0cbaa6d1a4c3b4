import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseName } from '@palabre/protocol';
import type { Ban } from '../chat/records.ts';
import { addressesIn, Bans } from './bans.ts';

const named = (text: string) => parseName(text) ?? assert.fail(text);
const byName = (name: string, until?: number): Ban => ({
  subject: { type: 'name', name: named(name) },
  since: 0,
  until,
});
const byNetwork = (network: string, until?: number): Ban => ({
  subject: { type: 'network', network },
  since: 0,
  until,
});
const refused = (bans: Bans, name: string, address = '192.0.2.1') =>
  bans.refuses({ name: named(name), address });

test('4.7 a name is banned however it is written, an address wherever the network says', () => {
  const bans = new Bans([byName('Troll'), byNetwork('198.51.100.0/24')]);
  assert.equal(refused(bans, 'ｔｒｏｌｌ'), 'banned');
  assert.equal(refused(bans, 'ana'), undefined);
  assert.equal(refused(bans, 'ana', '198.51.100.9'), 'banned');
  assert.equal(refused(bans, 'ana', '::ffff:198.51.100.9'), 'banned');
  assert.equal(refused(bans, 'ana', '198.51.101.9'), undefined);
});

test('4.7 a ban ends by itself; a later one of the same subject takes its place', () => {
  let now = 1000;
  const bans = new Bans([byName('troll', 2000), byNetwork('198.51.100.0/24', 3000)], () => now);
  now = 1999;
  assert.equal(refused(bans, 'troll'), 'banned');
  now = 2000;
  assert.equal(refused(bans, 'troll'), undefined);
  assert.deepEqual(bans.list(), [byNetwork('198.51.100.0/24', 3000)]);
  assert.equal(bans.remove({ type: 'name', name: named('troll') }), false, 'it was over');
  bans.add(byNetwork('198.51.100.0/24', 5000));
  now = 4000;
  assert.equal(refused(bans, 'ana', '198.51.100.1'), 'banned');
  assert.equal(bans.list().length, 1);
  assert.equal(bans.remove({ type: 'network', network: '198.51.100.0/24' }), true);
  assert.equal(refused(bans, 'ana', '198.51.100.1'), undefined);
});

test('4.7 one that overlaps another stays when that one is lifted', () => {
  const bans = new Bans([byNetwork('10.0.0.0/8'), byNetwork('10.1.0.0/16')]);
  bans.remove({ type: 'network', network: '10.0.0.0/8' });
  assert.equal(refused(bans, 'ana', '10.1.0.1'), 'banned');
  assert.equal(refused(bans, 'ana', '10.2.0.1'), undefined);
});

test('a look is as many steps as there are sizes of networks, however many bans', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => byNetwork(`10.${i >> 8}.${i & 255}.0/24`));
  const bans = new Bans(many);
  assert.equal(refused(bans, 'ana', '10.78.31.7'), 'banned');
  assert.equal(refused(bans, 'ana', '11.0.0.1'), undefined);
  assert.equal(bans.list().length, 20_000);
});

test('which addresses a network holds', () => {
  const addresses = ['10.0.0.1', '::ffff:10.9.9.9', '11.0.0.1', '::1'];
  assert.deepEqual([...addressesIn('10.0.0.0/8', addresses)], ['10.0.0.1', '::ffff:10.9.9.9']);
});
