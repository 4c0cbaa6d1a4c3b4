import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Name, parseName } from '@palabre/protocol';
import fc from 'fast-check';
import { NO_EVENT_LOG } from '../event-log.ts';
import { Events } from '../testing/events.ts';
import { Allowance } from './allowance.ts';
import { GUESSES, Keys } from './keys.ts';

const name: Name = parseName('ana') ?? assert.fail();
const password = { accepts: (key: string) => key === 'right' };

function doorAt(clock: { now: number }, invitations?: { accepts(key: string): boolean }) {
  const keys = new Keys({ password, invitations, events: NO_EVENT_LOG, now: () => clock.now });
  return (key: string | undefined, address = '192.0.2.1', known = false) =>
    keys.refuses({ address, name, key, known });
}

test('3.13 ten wrong keys at once, then one each 6 s: above that none is looked at, the right one neither', () => {
  const clock = { now: 1000 };
  let looked = 0;
  const counting = {
    accepts: (key: string) => {
      looked++;
      return password.accepts(key);
    },
  };
  const events = new Events();
  const keys = new Keys({ password: counting, invitations: undefined, events, now: () => clock.now });
  const refuses = (key: string) => keys.refuses({ address: '192.0.2.1', name, key, known: false });
  for (let i = 0; i < GUESSES.atOnce; i++) assert.equal(refuses('wrong'), 'key');
  assert.equal(looked, GUESSES.atOnce);
  assert.equal(refuses('right'), 'key');
  assert.equal(refuses('wrong'), 'key');
  assert.equal(looked, GUESSES.atOnce, 'not looked at');
  assert.deepEqual(events.lines, ['warn [{"address":"192.0.2.1"},"wrong keys: slowed"]']);
  clock.now += GUESSES.eachMs - 1;
  assert.equal(refuses('right'), 'key');
  clock.now += 1;
  assert.equal(refuses('wrong'), 'key');
  assert.equal(refuses('right'), 'key');
  clock.now += GUESSES.eachMs;
  assert.equal(refuses('right'), undefined);
  assert.equal(refuses('right'), undefined);
});

test('3.13 what was not looked at puts nobody off any longer', () => {
  const clock = { now: 0 };
  const refuses = doorAt(clock);
  for (let i = 0; i < 1000; i++) refuses('wrong');
  clock.now += GUESSES.eachMs;
  assert.equal(refuses('right'), undefined);
});

test('3.13 a right key costs nothing, nor does none, nor whoever is known', () => {
  const clock = { now: 0 };
  const refuses = doorAt(clock);
  for (let i = 0; i < 100; i++) {
    assert.equal(refuses('right'), undefined);
    assert.equal(refuses(undefined), 'key');
    assert.equal(refuses('wrong', '192.0.2.1', true), undefined);
  }
  assert.equal(refuses('wrong'), 'key');
  assert.equal(refuses('right'), undefined);
});

test('3.13 each address guesses for itself; of IPv6 a /64 counts as one', () => {
  const clock = { now: 0 };
  const refuses = doorAt(clock);
  for (let i = 0; i < GUESSES.atOnce; i++) {
    refuses('wrong', '192.0.2.1');
    refuses('wrong', `2001:db8::${i + 1}`);
  }
  assert.equal(refuses('right', '192.0.2.1'), 'key');
  assert.equal(refuses('right', '::ffff:192.0.2.1'), 'key');
  assert.equal(refuses('right', '192.0.2.2'), undefined);
  assert.equal(refuses('right', '2001:db8::ffff:1'), 'key');
  assert.equal(refuses('right', '2001:db8:0:1::1'), undefined);
});

test('3.13 an invitation opens as the password does; what is neither is a guess', () => {
  const refuses = doorAt({ now: 0 }, { accepts: (key) => key === 'invited' });
  assert.equal(refuses('invited'), undefined);
  assert.equal(refuses('right'), undefined);
  for (let i = 0; i < GUESSES.atOnce; i++) assert.equal(refuses('neither'), 'key');
  assert.equal(refuses('invited'), 'key');
});

test('addresses are remembered up to a bound; who has nothing to make up for is forgotten', () => {
  const clock = { now: 0 };
  const guesses = new Allowance(GUESSES, () => clock.now);
  for (let i = 0; i < 30_000; i++) guesses.spend(`2001:db8:0:${i.toString(16)}::1`);
  assert.equal(guesses.size, 10_000);
  for (let i = 0; i < GUESSES.atOnce; i++) guesses.spend('192.0.2.1');
  assert.ok(!guesses.allows('192.0.2.1'), 'who guesses is remembered among many');
  clock.now += GUESSES.eachMs;
  guesses.spend('192.0.2.2');
  // The ten guesses of one address and the one of the other are left.
  assert.equal(guesses.size, 2);
  clock.now += 60_000;
  guesses.spend('192.0.2.3');
  assert.equal(guesses.size, 1);
});

test('in no stretch of time does an address have more guesses looked at than ten, and one each 6 s', () => {
  const pauses = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 });
  fc.assert(
    fc.property(pauses, (pauses) => {
      const clock = { now: 0 };
      const guesses = new Allowance(GUESSES, () => clock.now);
      const looked: number[] = [];
      for (const pause of pauses) {
        clock.now += pause;
        if (!guesses.allows('192.0.2.1')) continue;
        guesses.spend('192.0.2.1');
        looked.push(clock.now);
      }
      looked.forEach((end, last) => {
        looked.slice(0, last + 1).forEach((begin, first) => {
          assert.ok(last - first + 1 <= GUESSES.atOnce + Math.floor((end - begin) / GUESSES.eachMs));
        });
      });
    }),
  );
});
