/** Choosing a name. */
import assert from 'node:assert/strict';
import { eventually } from './stage/deadline.ts';
import { scene } from './stage/scene.ts';

scene('a name that is none is said to be so while it is typed, kindly', async (stage) => {
  const { page, nameField, words } = await stage.person();
  const note = page.locator('#name-note');
  await eventually(() => note.textContent(), words.entry.hint);
  assert.equal(
    await nameField.getAttribute('aria-invalid'),
    'false',
    'nobody is told off for not having begun',
  );
  await eventually(() => nameField.evaluate((field) => field === document.activeElement), true);

  const wrong = [
    ['Pseu do', words.problems['name-space']('')],
    ['@ana', words.problems['name-start']('')],
    ['a'.repeat(33), words.problems['name-long']('')],
    ['a\u200bna', words.problems['name-other']('')],
  ] as const;
  for (const [name, problem] of wrong) {
    await nameField.fill(name);
    await eventually(() => note.textContent(), problem);
    assert.equal(await nameField.getAttribute('aria-invalid'), 'true');
    assert.equal(await nameField.getAttribute('aria-describedby'), 'name-note');
  }

  await nameField.fill('');
  await nameField.press('Enter');
  await eventually(() => note.textContent(), words.problems['name-empty'](''));

  await nameField.fill('ana');
  await eventually(() => note.textContent(), words.entry.hint);
});

scene('a name that is taken is said to be so, and another one lets in', async (stage) => {
  await stage.member('Ana');
  const ana = await stage.person();
  const note = ana.page.locator('#name-note');
  await ana.nameField.fill('ana');
  await ana.nameField.press('Enter');
  await eventually(() => note.textContent(), ana.words.problems.taken('ana'));
  assert.equal(await ana.nameField.inputValue(), 'ana', 'what was typed stays');
  await eventually(() => ana.nameField.evaluate((field) => field === document.activeElement), true);
  await ana.shows('entry taken');

  await ana.enter('ana2');
  await ana.isIn(ana.words.lobby);
  await ana.boxHasFocus();
});

scene('a browser that names no language gets the page in English', async (stage) => {
  // Where no locale is set, as here in a container, Chromium says `en-US@posix`, which is no language tag.
  const ana = await stage.person({}, (page) =>
    page.addInitScript(() => Object.defineProperty(navigator, 'languages', { value: ['en-US@posix'] })),
  );
  await ana.enter('ana');
  await ana.say('good evening');
  await ana.seesExactly('good evening');
});

scene('whoever leaves is back at the entry, and may come in again', async (stage) => {
  const bo = await stage.member('bo');
  const ana = await stage.enter('ana');
  await bo.hears('ARR ana');
  await ana.choose(ana.words.menuItems.leave);
  await bo.hears('LFT ana');
  await ana.nameField.waitFor();
  assert.equal(await ana.nameField.inputValue(), 'ana', 'the name is remembered');
  await ana.enter('anna');
  await bo.hears('ARR anna');
});

scene('where the server does not answer one is told so, and comes in once it does', async (stage) => {
  const ana = await stage.person();
  const note = ana.page.locator('#name-note');
  ana.expectsLostServer();
  await ana.nameField.waitFor();
  await stage.server.kill();
  await ana.nameField.fill('ana');
  await ana.nameField.press('Enter');
  await eventually(() => note.textContent(), ana.words.problems.unreachable(''));
  await stage.server.start();
  await ana.enter('ana');
  await ana.say('good evening');
  await ana.seesExactly('good evening');
});

scene('of a server that knows the nine words alone one hears and says all that it can', async (stage) => {
  // Our own server, which is never asked for the extended form: it answers as any server of the nine words does (1.2).
  const ana = await stage.person({}, (page) =>
    page.routeWebSocket('**/chat', (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        for (const line of String(message).split('\n')) {
          if (/^(@\S* )?EXT$/.test(line)) socket.send('WHO');
          else server.send(line);
        }
      });
    }),
  );
  const { words } = ana;
  const bo = await stage.member('bo');
  await ana.enter('ana');
  await ana.say('good evening');
  await bo.hears('MSG ana good evening');
  bo.says('MSG good evening ana', 'PRV ana psst');
  await ana.seesExactly('good evening', 'good evening ana');
  await ana.goTo('bo');
  await ana.seesExactly('psst');
  await ana.say('I hear you');
  await bo.hears('PRV ana I hear you');
  assert.equal(await ana.button(words.moreRooms).count(), 0, 'there are no rooms');
  assert.equal(await ana.button(words.header.search).count(), 0, 'nothing is kept to be searched');
  await ana.say('/join dev');
  await eventually(() => ana.page.locator('#box-problem').textContent(), words.problems.unsupported(''));
});
