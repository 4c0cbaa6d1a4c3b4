import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Device } from './device.ts';
import { TestDevice } from './testing/device.ts';

test('what is to be kept soon is written once, with what it is then', () => {
  const kept = new TestDevice();
  let later = (): void => assert.fail('nothing is to be kept');
  let asked = 0;
  const after = (_: number, then: () => void): (() => void) => {
    asked++;
    later = then;
    return () => {};
  };
  const device = new Device(kept.tab().store, { now: () => 0, after });
  let value = 1;
  device.soon('read', () => value);
  value = 2;
  device.soon('read', () => value);
  assert.equal(device.get('read'), undefined);
  later();
  assert.equal(device.get('read'), 2);
  assert.equal(asked, 1);
  device.soon('read', () => 3);
  device.put('read', undefined);
  later();
  assert.equal(device.get('read'), undefined, 'what was kept later counts');
});

test('a device that keeps nothing, and one with nonsense on it, are as good as new', () => {
  const refuse = (): never => {
    throw new Error('no');
  };
  const shut = new Device(
    { getItem: refuse, setItem: refuse, removeItem: refuse },
    { now: () => 0, after: () => () => {} },
  );
  shut.put('x', 1);
  shut.put('x', undefined);
  assert.equal(shut.get('x'), undefined);
  const odd = new TestDevice();
  odd.kept.set('palabre:x', '{');
  assert.equal(new Device(odd.tab().store, { now: () => 0, after: () => () => {} }).get('x'), undefined);
});
