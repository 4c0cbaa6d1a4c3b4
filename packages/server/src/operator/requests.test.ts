import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BadRequest, parseRequest } from './requests.ts';

test('whatever comes is read, or refused in one sentence', () => {
  const field = fc.constantFrom('name', 'address', 'forMs', 'reason', 'text', 'room', 'invitation');
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom('bo', '192.0.2.0/24', '2001:db8::/32', 60_000, 'a b', ''),
  );
  const command = fc.constantFrom('who', 'kick', 'ban', 'unban', 'say', 'invite', 'withdraw', 'x');
  const request = fc.record({ command, fields: fc.dictionary(field, value) });
  const commands = new Set<string>();
  fc.assert(
    fc.property(request, ({ command, fields }) => {
      try {
        const read = parseRequest(JSON.stringify({ command, ...fields }));
        assert.equal(read.command, command);
        commands.add(read.command);
      } catch (error) {
        assert.ok(error instanceof BadRequest, String(error));
        assert.match(error.message, /^.+$/);
      }
    }),
    { numRuns: 2000 },
  );
  assert.ok(commands.size > 4, 'some are read');
});

test('any text that is no request is refused', () => {
  fc.assert(fc.property(fc.string(), (text) => assert.throws(() => parseRequest(text), BadRequest)));
});

test('a name and a network are taken as they are written anywhere', () => {
  const subject = (fields: object) => parseRequest(JSON.stringify({ command: 'unban', ...fields }));
  assert.deepEqual(subject({ name: 'Ana' }), { command: 'unban', subject: { type: 'name', name: 'Ana' } });
  assert.deepEqual(subject({ address: '::ffff:10.1.2.3/104' }), {
    command: 'unban',
    subject: { type: 'network', network: '10.0.0.0/8' },
  });
});
