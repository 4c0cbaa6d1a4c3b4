import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Tokens } from './tokens.ts';

const secret = fc.uint8Array({ minLength: 32, maxLength: 32 });
const identity = fc.nat({ max: 2 ** 40 });

test('3.7 a token shows its identity, and under another secret nothing', () => {
  fc.assert(
    fc.property(secret, secret, identity, (one, other, identity) => {
      const token = new Tokens(one).sign(identity);
      assert.match(token, /^[\w.-]+$/);
      assert.equal(new Tokens(one).verify(token), identity);
      if (Buffer.compare(one, other) !== 0) assert.equal(new Tokens(other).verify(token), undefined);
    }),
  );
});

test('3.7 a token that is not lasting is good for this run alone', () => {
  const bytes = new Uint8Array(32);
  const tokens = new Tokens(bytes);
  const token = tokens.sign(7, false);
  assert.notEqual(token, tokens.sign(7));
  assert.equal(tokens.verify(token), 7);
  assert.equal(new Tokens(bytes).verify(token), undefined);
});

test('3.7 no other spelling of a token is one: altered anywhere, cut, longer, of another identity', () => {
  fc.assert(
    fc.property(
      secret,
      identity,
      fc.nat(),
      fc.stringMatching(/^[\w.-]$/),
      (secret, identity, at, character) => {
        const tokens = new Tokens(secret);
        const token = tokens.sign(identity);
        const place = at % token.length;
        const altered = token.slice(0, place) + character + token.slice(place + 1);
        if (altered !== token) assert.equal(tokens.verify(altered), undefined);
        for (const wrong of [token.slice(0, -1), `${token}A`, `0${token}`, '', '.', 'nonsense']) {
          assert.equal(tokens.verify(wrong), undefined);
        }
      },
    ),
  );
});
