import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseName } from '@palabre/protocol';
import fc from 'fast-check';
import { INVITATION_MS, Invitations } from './invitations.ts';

const SECRET = new Uint8Array(32).fill(7);
const DAY_MS = 86_400_000;

test('an invitation is good until its end, over a restart too, and on this server alone', () => {
  let now = 5_000;
  const clock = () => now;
  const first = new Invitations(SECRET, [], clock);
  const room = parseName('café') ?? assert.fail();
  const invitation = first.make({ forMs: DAY_MS, room });
  assert.match(invitation, /^[\w-]+\.[\w-]{22}$/);
  assert.deepEqual({ ...first.read(invitation), id: '' }, { id: '', until: 5_000 + DAY_MS, room });
  assert.ok(first.accepts(invitation));
  assert.ok(new Invitations(SECRET, [], clock).accepts(invitation));
  assert.ok(!new Invitations(new Uint8Array(32), [], clock).accepts(invitation));
  now += DAY_MS;
  assert.ok(!first.accepts(invitation));
  assert.ok(first.read(invitation), 'it is one of ours, and over');
});

test('one that is withdrawn lets nobody in; the others do', () => {
  const invitations = new Invitations(SECRET);
  const [one, other] = [invitations.make({ forMs: DAY_MS }), invitations.make({ forMs: DAY_MS })];
  const { id, until } = invitations.read(one) ?? assert.fail();
  invitations.withdraw(id, until);
  assert.deepEqual([invitations.accepts(one), invitations.accepts(other)], [false, true]);
  const again = new Invitations(SECRET, [[id, until]]);
  assert.deepEqual([again.accepts(one), again.accepts(other)], [false, true]);
});

test('a year is the longest', () => {
  const invitations = new Invitations(SECRET);
  assert.ok(invitations.accepts(invitations.make({ forMs: INVITATION_MS })));
  for (const forMs of [0, -1, INVITATION_MS + 1, Number.NaN])
    assert.throws(() => invitations.make({ forMs }), RangeError);
});

test('nothing else is one: no other spelling, no altered byte, no nonsense', () => {
  const invitations = new Invitations(SECRET);
  const good = invitations.make({ forMs: DAY_MS });
  for (const text of [
    '',
    '.',
    good.slice(0, -1),
    `${good}=`,
    `${good}.`,
    `${good}.x`,
    ` ${good}`,
    good.split('.')[0] ?? '',
  ])
    assert.ok(!invitations.accepts(text), text);
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.constantFrom(...'AQgw019_-.=+/é'), (at, character) => {
      const altered = good.slice(0, at) + character + good.slice(at + 1);
      assert.equal(invitations.accepts(altered), altered === good);
    }),
  );
  fc.assert(fc.property(fc.string(), (text) => assert.ok(!invitations.accepts(text))));
});
