import assert from 'node:assert/strict';
import { test } from 'node:test';
import { greeting } from './greeting.ts';

const here = { host: '127.0.0.1', port: 7070 };
const open = { host: '0.0.0.0', port: 7070 };

/** What it says of being open to others, of all that it prints. */
function meaning(
  ways: Partial<Parameters<typeof greeting>[0]>,
  encrypted: boolean,
  password: boolean,
): string[] {
  const all = { tcp: undefined, tls: undefined, http: undefined, adminHttp: undefined, ...ways };
  const text = greeting(all, { data: 'none', encrypted, password });
  return text.split('\n').filter((line) => /^(Not encrypted|No password|Open to others)/.test(line));
}

test('for this machine alone nothing is said of it', () => {
  assert.deepEqual(meaning({ tcp: here, http: { host: '::1', port: 7071 } }, false, false), []);
});

test('without encryption and without a password: what each means, and what to do', () => {
  assert.deepEqual(meaning({ tcp: open, http: open }, false, false), [
    'Not encrypted (tcp, http): whoever is on the way can read everything. Encrypt it with --tls-cert FILE --tls-key FILE and --tcp off.',
    'No password: whoever can reach it can come in, read and write. Set one with --password-file FILE.',
  ]);
  assert.deepEqual(meaning({ tcp: here, http: { host: '::', port: 7071 } }, false, true), [
    'Not encrypted (http): whoever is on the way can read everything, the password included. Encrypt it with --tls-cert FILE --tls-key FILE.',
  ]);
});

test('lines over TCP are not encrypted where the rest is', () => {
  assert.deepEqual(meaning({ tcp: open, tls: open, http: open }, true, true), [
    'Not encrypted (tcp): whoever is on the way can read everything, the password included. Turn it off with --tcp off.',
  ]);
});

test('encrypted and with a password: one short line', () => {
  const ways = { tcp: here, tls: open, http: { host: '192.0.2.1', port: 443 } };
  assert.deepEqual(meaning(ways, true, true), ['Open to others: encrypted, and with a password.']);
});

test('by hand the key is said with IAM', () => {
  const ways = { tcp: here, tls: undefined, http: undefined, adminHttp: undefined };
  assert.match(
    greeting(ways, { data: 'none', encrypted: false, password: true }),
    /@key=PASSWORD IAM your-name/,
  );
  assert.doesNotMatch(greeting(ways, { data: 'none', encrypted: false, password: false }), /@key/);
});
