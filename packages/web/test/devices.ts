/** One person: after a reload, in two tabs, after closing the page. */
import assert from 'node:assert/strict';
import { eventually } from './stage/deadline.ts';
import { scene } from './stage/scene.ts';

scene('a reload is the same person, where they were, and nobody is told', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.member('bo');
  await ana.enterRoom('dev');
  await ana.say('in the room');
  await ana.seesExactly('in the room');
  await bo.heard();

  await ana.page.reload();
  await ana.isIn('dev');
  await ana.seesExactly('in the room');
  await ana.goTo(ana.words.lobby);
  await ana.say('still here');
  assert.deepEqual(await bo.hears('MSG ana still here'), []);
  await ana.button(ana.words.header.people(2)).waitFor();
});

scene(
  'whoever closes the page and opens it again is the same person, and has missed nothing',
  async (stage) => {
    const ana = await stage.enter('ana');
    const bo = await stage.member('bo');
    await ana.say('back in a moment');
    await bo.hears('MSG ana back in a moment');
    // Nothing may be asked of a page that is closed: the context lives on in another one.
    const blank = await ana.context.newPage();
    await ana.page.close();
    bo.says('MSG this you have missed', 'PRV ana this too');
    await bo.heard();

    const again = await stage.tab(ana);
    await blank.close();
    await again.seesExactly('back in a moment', 'this you have missed');
    await again.isListed('bo', again.words.unread(1));
    await again.goTo('bo');
    await again.seesExactly('this too');
    assert.deepEqual(await bo.heard(), []);
  },
);

scene('two tabs are one person, who sees everything in both', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.enter('bo');
  const { words } = ana;
  const second = await stage.tab(ana);
  await second.log.waitFor();
  await second.button(words.header.people(2)).waitFor();

  await ana.say('from the first');
  await second.say('from the second');
  await bo.say('I see one of you');
  const all = ['from the first', 'from the second', 'I see one of you'];
  for (const person of [ana, second, bo]) await person.seesExactly(...all);
  const authors = second.log.locator('article header bdi');
  assert.deepEqual(await authors.allTextContents(), ['ana', 'bo']);

  await ana.enterRoom('dev');
  await second.conversation('dev').waitFor();
  await bo.say('/msg ana for both of you');
  for (const person of [ana, second]) await person.isListed('bo', words.unread(1));
  await ana.goTo('bo');
  await second.isListed('bo');

  await second.choose(words.menuItems.leave);
  for (const person of [ana, second]) await person.nameField.waitFor();
  await bo.log.getByText(words.notice.left('ana', 1)).waitFor();
});

scene('who has left is not brought back by a reload', async (stage) => {
  const ana = await stage.enter('ana');
  await ana.say('/quit');
  await ana.nameField.waitFor();
  await ana.page.reload();
  await ana.nameField.waitFor();
  await eventually(
    () => ana.page.evaluate(() => Object.keys(localStorage).filter((key) => /session|draft/.test(key))),
    [],
  );
});

scene(
  'two tabs that come back too late are one person again, somebody new to the server, and none throws the other out',
  async (stage) => {
    const ana = await stage.enter('ana');
    const second = await stage.tab(ana);
    const both = [ana, second];
    await second.log.waitFor();
    await second.enterRoom('dev');
    await ana.conversation('dev').waitFor();
    await ana.say('/msg ana a note to myself');
    for (const person of both) person.expectsLostServer();
    await ana.context.setOffline(true);
    for (const person of both) await person.banner(person.words.line.offlineLong).waitFor();
    await stage.server.kill();
    await stage.server.start();
    const bo = await stage.member('bo');
    await bo.hears('LFT ana');

    await ana.context.setOffline(false);
    await bo.hears('ARR ana');
    for (const person of both) await person.isConnected();
    for (const person of both) await person.conversation('dev').waitFor();
    await second.goTo(second.words.lobby);
    await second.say('from the second');
    await bo.hears('MSG ana from the second');
    for (const person of both) {
      await person.page.reload();
      await person.isConnected();
      await person.conversation('ana').waitFor();
    }
    assert.deepEqual(await bo.heard(), []);
  },
  ...['--linger', '1'],
);
