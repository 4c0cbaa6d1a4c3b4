/** Private lines and rooms stay what they are: somebody who tries everything that the protocol has reads nothing that is not for them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { directory, EXT, enter, heard, hears, history, resume, say } from './testing/extended.ts';
import { Peer, testServer } from './testing/peer.ts';

test('3.9 whoever takes a name later reads nothing of what its former bearer was told', async (t) => {
  await using server = await testServer({ data: directory(t) });
  const { peer: ana } = await enter(server, 'ana');
  const { peer: bo } = await enter(server, 'bo');
  await say(ana, 'PRV bo the key is under the mat', '1');
  await say(bo, 'PRV ana thanks', '2');
  bo.say('BYE');
  for (let line = ''; line !== 'LFT bo'; ) line = (await heard(ana)).line;
  const { peer: impostor } = await enter(server, 'bo');
  for (const query of [
    'with=ana',
    'with=bo',
    'find=key',
    'from=ana',
    'with=ana;find=key',
    'after=0;with=ana',
    'limit=500',
  ]) {
    assert.deepEqual(await history(impostor, query), [], query);
  }
  assert.deepEqual(await history(ana, 'with=bo'), ['PRV ana the key is under the mat', 'PRV bo thanks']);
  impostor.say('IAM ana2', 'IAM bo');
});

test('3.9 nor does whoever renames to it', async (t) => {
  await using server = await testServer({ data: directory(t) });
  const { peer: ana } = await enter(server, 'ana');
  const { peer: bo } = await enter(server, 'bo');
  await say(ana, 'PRV bo secret', '1');
  await say(bo, 'PRV ana secret too', '2');
  const { peer: eve } = await enter(server, 'eve');
  bo.say('IAM bob');
  for (let line = ''; line !== 'ARR bob'; ) line = (await heard(eve)).line;
  eve.say('IAM bo');
  for (let line = ''; line !== 'ARR bo'; ) line = (await heard(eve)).line;
  for (const query of ['with=ana', 'with=bob', 'with=bo', 'find=secret'])
    assert.deepEqual(await history(eve, query), [], query);
});

test('3.6, 3.9 a guessed ref or id brings nothing', async (t) => {
  await using server = await testServer({ data: directory(t) });
  const { peer: ana } = await enter(server, 'ana');
  const { peer: bo } = await enter(server, 'bo');
  const id = await say(ana, 'PRV bo secret', 'guessable');
  void bo;
  const { peer: eve } = await enter(server, 'eve');
  const own = await say(eve, 'PRV eve mine', 'guessable');
  assert.notEqual(own, id);
  for (const query of [
    `before=${id + 1};after=${id - 1}`,
    `before=${id + 1};limit=1`,
    `after=${id - 1};limit=1`,
  ]) {
    assert.deepEqual(
      (await history(eve, query)).filter((line) => line.includes('secret')),
      [],
      query,
    );
  }
  eve.say(`@ref=re;re=${id} PRV eve what did they say?`);
  const { all } = await heard(eve);
  assert.equal(all.rest, 'eve what did they say?');
});

test('3.8 a guessed room’s name brings nothing, and a room made later under it is another', async (t) => {
  await using server = await testServer({ data: directory(t) });
  const { peer: ana } = await enter(server, 'ana');
  ana.say('@room=cave;ref=r IAM ana');
  await hears(ana, { ref: 'r', room: 'cave' }, 'ARR ana');
  await say(ana, 'MSG in the lobby', '1');
  ana.say('@ref=2;room=cave MSG secret');
  await heard(ana);
  const { peer: eve } = await enter(server, 'eve');
  for (const query of ['room=cave', 'room=cave;find=secret', 'room=CAVE'])
    assert.deepEqual(await history(eve, query), [], query);
  assert.deepEqual(await history(eve, 'limit=500'), ['MSG ana in the lobby']);
  assert.deepEqual(await history(eve, 'find=secret'), []);
  ana.say('@room=cave;ref=bye BYE');
  for (let line = ''; line !== 'LFT ana'; ) line = (await heard(ana)).line;
  eve.say('@room=cave;ref=in IAM eve');
  for (let line = ''; line !== 'ARR eve'; ) line = (await heard(eve)).line;
  assert.deepEqual(await history(eve, 'room=cave'), []);
});

test('3.7 a token of somebody who has left opens nothing, after a restart neither', async (t) => {
  const data = directory(t);
  const first = await testServer({ data });
  const { peer: ana, token } = await enter(first, 'ana');
  ana.say('BYE');
  await hears(ana, { why: 'bye' }, 'LFT ana');
  await first.stop();
  await using second = await testServer({ data });
  // The next to enter must not be given the identity that the old token shows.
  const { peer: bo, token: fresh } = await enter(second, 'bo');
  assert.notEqual(fresh, token);
  await say(bo, 'PRV bo secret', '1');
  const eve = await resume(second, token, 0, 'eve');
  const { tags, line } = await heard(eve);
  assert.equal(line, 'ARR eve');
  assert.equal(tags.resumed, undefined);
  assert.deepEqual(await history(eve, 'with=bo'), []);
});

test('3.7 a token of another server is none', async () => {
  await using one = await testServer();
  await using other = await testServer();
  const { token } = await enter(one, 'ana');
  await enter(other, 'ana');
  const eve = await Peer.connect(other);
  eve.say('EXT', `@token=${token};after=0 IAM ana`);
  await eve.hears('WHO', EXT);
  await hears(eve, { why: 'taken' }, 'TKN ana');
});
