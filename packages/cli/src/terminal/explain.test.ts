import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  Closed,
  connect,
  KeyNeeded,
  NameTaken,
  NotAName,
  Refused,
  Unconfirmed,
  Unreachable,
  Unsupported,
} from '@palabre/client';
import { explain } from './explain.ts';

const AT = 'tcp://chat.example.org:7070';

function because(code: string): Unreachable {
  return new Unreachable(AT, Object.assign(new Error('it failed'), { code }));
}

const SENTENCES: readonly [unknown, RegExp][] = [
  [new NameTaken('ana'), /^the name ana is taken at tcp:.*: choose another with --as NAME$/],
  [new NotAName('a b'), /^"a b" is not a name: 1 to 32/],
  [because('ECONNREFUSED'), /^nothing listens at tcp:.*palabre serve/],
  [because('ENOTFOUND'), /^no machine of the name in tcp:.*check the address$/],
  [because('ETIMEDOUT'), /can't be reached from here/],
  [because('DEPTH_ZERO_SELF_SIGNED_CERT'), /certificate .* not trusted .*NODE_EXTRA_CA_CERTS/],
  [because('ERR_SSL_WRONG_VERSION_NUMBER'), /does not speak TLS: say tcp:/],
  [new Unreachable(AT), /does not speak the nine words: check scheme and port/],
  [new Unreachable(AT, new Refused('full')), /is full: try later/],
  [new Closed('bye'), /^this name said good-bye in another window$/],
  [new Closed('kicked'), /^the server has ended/],
  [
    new KeyNeeded('ana'),
    /^tcp:.* lets in only those with the right key: --key-file FILE or the variable PALABRE_KEY/,
  ],
  [new Refused('banned'), /^the operator of this server lets nobody in/],
  [new Refused('nobody'), /^nobody of that name is here$/],
  [new Refused('long'), /4,096 bytes/],
  [new Refused('banned'), /^the operator of this server lets nobody in/],
  [new Refused('something\nnew'), /^the server refused it \(something\ufffdnew\)$/],
  [new Unconfirmed(), /^nobody can tell whether it was said/],
  [new Unsupported('history'), /nine words alone/],
];
for (const [error, sentence] of SENTENCES) {
  test(`${sentence}`, () => {
    assert.match(explain(error, AT), sentence);
    assert.doesNotMatch(explain(error, AT), /\p{Cc}/u);
  });
}

test('a WebSocket that does not say why it failed', () => {
  const error = new Unreachable('ws://localhost:7071/chat', new Error('no WebSocket'));
  assert.match(explain(error, 'ws://localhost:7071/chat'), /^no chat answers at ws:.*--http$/);
});

test('a machine with several addresses, none of which answers', async () => {
  const error = await connect('localhost:1', { name: 'ana' }).catch((error) => error);
  assert.match(explain(error, 'tcp://localhost:1'), /^nothing listens at/);
});
