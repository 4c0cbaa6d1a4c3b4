/** The server is killed, or the network goes away, in the middle of a conversation. */
import assert from 'node:assert/strict';
import { eventually } from './stage/deadline.ts';
import type { Person } from './stage/person.ts';
import { scene } from './stage/scene.ts';

/** A page that was not loaded again still knows what was written on its window. */
async function marked({ page }: Person): Promise<() => Promise<void>> {
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  return async () =>
    assert.ok(await page.evaluate(() => 'notReloaded' in window), 'the page was loaded again');
}

scene(
  'a conversation goes on over the death and return of the server: nothing lost, nothing doubled',
  async (stage) => {
    const ana = await stage.enter('ana');
    const bo = await stage.enter('bo');
    const { words } = ana;
    const checks = await Promise.all([marked(ana), marked(bo)]);
    for (const person of [ana, bo]) person.expectsLostServer();
    await ana.say('one');
    await bo.sees('one');
    await bo.say('two');
    await ana.sees('two');

    await stage.server.kill();
    for (const person of [ana, bo]) await person.losesTheLine();
    await ana.page.getByText(words.line.reconnecting, { exact: true }).waitFor();
    await ana.page.getByText(/^Trying again( in \d+ s\.|…)$/).waitFor();
    for (const text of ['three', 'four', 'five']) await ana.say(text);
    await bo.say('six');
    await eventually(() => ana.lines(), ['one', 'two', 'three', 'four', 'five'], 'shown at once');
    await eventually(() => ana.unconfirmed.count(), 3);
    await ana.page.getByText(words.line.waiting(3)).waitFor();
    await bo.page.getByText(words.line.waiting(1)).waitFor();
    await ana.shows('line lost');

    // Not yet: but asking for it does no harm.
    await ana.button(words.line.now).click();
    await stage.server.start();
    for (const person of [ana, bo]) {
      await person.isConnected();
      await person.banner(words.line.reconnectingLong).waitFor({ state: 'detached' });
      await eventually(() => person.unconfirmed.count(), 0);
    }
    await eventually(() => ana.lines().then((lines) => lines.length), 6);
    await eventually(() => bo.lines(), await ana.lines(), 'both see one order');
    const lines = await ana.lines();
    assert.deepEqual(lines.slice(0, 2), ['one', 'two']);
    assert.deepEqual(
      lines.filter((text) => text !== 'six').slice(2),
      ['three', 'four', 'five'],
      'what one said is in its order',
    );
    assert.ok(lines.includes('six'));
    await bo.say('seven');
    await ana.sees('seven');
    for (const check of checks) await check();
    const notices = await ana.log.getByText(words.notice.left('bo', 1)).count();
    assert.equal(notices, 0, 'nobody is said to have left');
    const cy = await stage.enter('cy');
    await eventually(() => cy.lines(), [...lines, 'seven'], 'and the server keeps the same');
  },
);

scene('what is on its way when the server dies is said once, in its order', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.enter('bo');
  for (const person of [ana, bo]) person.expectsLostServer();
  const all = Array.from({ length: 20 }, (_, i) => `line ${i + 1}`);
  for (const [index, text] of all.entries()) {
    // It dies with lines written that no receipt has come for, and comes back while more are said.
    if (index === 10) await stage.server.kill();
    if (index === 15) await stage.server.start();
    await ana.say(text);
  }
  for (const person of [ana, bo]) {
    await person.isConnected();
    await person.seesExactly(...all);
  }
});

scene('rooms, private lines and what was unread come through a restart', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.enter('bo');
  const { words } = ana;
  for (const person of [ana, bo]) await person.enterRoom('dev');
  await bo.say('in the room');
  await ana.sees('in the room');
  for (const person of [ana, bo]) person.expectsLostServer();

  await stage.server.kill();
  for (const person of [ana, bo]) await person.losesTheLine();
  await bo.say('said to the room in between');
  await bo.say('/msg ana said to you in between');
  await stage.server.start();
  for (const person of [ana, bo]) await person.isConnected();

  await ana.seesExactly('in the room', 'said to the room in between');
  await ana.isListed('bo', words.unread(1));
  await ana.goTo('bo');
  await ana.seesExactly('said to you in between');
  await ana.goTo('dev');
  await ana.button(words.header.people(2)).waitFor();
});

scene('without a network one is offline, is told so, and is back by oneself', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.member('bo');
  const { words } = ana;
  ana.expectsLostServer();
  await ana.say('before');
  await bo.hears('MSG ana before');

  await ana.context.setOffline(true);
  await ana.banner(words.line.offlineLong).waitFor();
  await ana.say('in a tunnel');
  await eventually(() => ana.unconfirmed.count(), 1);
  bo.says('MSG where are you?');

  await ana.context.setOffline(false);
  await ana.isConnected();
  await bo.hears('MSG ana in a tunnel');
  await eventually(
    () => ana.lines().then((lines) => lines.toSorted()),
    ['before', 'in a tunnel', 'where are you?'],
  );
});

scene('what could not be fetched while the line was lost is fetched when it is back', async (stage) => {
  const ana = await stage.enter('ana');
  const { words } = ana;
  ana.expectsLostServer();
  await stage.server.kill();
  await ana.losesTheLine();
  await ana.switcherButton.click();
  await stage.server.start();
  await ana.isConnected();
  // What was asked for opens by itself.
  await ana.dialog(words.goTo).waitFor();
  await ana.page.keyboard.press('Escape');
  await ana.dialog(words.goTo).waitFor({ state: 'detached' });
  await ana.say('/help');
  await ana.dialog(words.help.title).waitFor();
});

scene(
  'who comes back too late is somebody new, has what was said to all, and is told where lines may be missing',
  async (stage) => {
    const ana = await stage.enter('ana');
    const { words } = ana;
    ana.expectsLostServer();
    await ana.say('before');
    await ana.seesExactly('before');
    const dee = await stage.member('dee');
    dee.says('PRV ana psst');
    await ana.goTo('dee');
    await ana.seesExactly('psst');
    await ana.goTo(words.lobby);
    await ana.context.setOffline(true);
    await ana.banner(words.line.offlineLong).waitFor();
    await stage.server.kill();
    await stage.server.start();
    const bo = await stage.member('bo');
    await bo.hears('LFT ana');
    bo.says('MSG too late');
    await bo.heard();

    await ana.context.setOffline(false);
    await bo.hears('ARR ana');
    await ana.isConnected();
    await ana.seesExactly('before', 'too late');
    await ana.say('here again');
    await bo.hears('MSG ana here again');
    // Nobody can tell what was said to who one was.
    await ana.goTo('dee');
    await ana.log.getByText(words.notice.gap).waitFor();
  },
  ...['--linger', '1'],
);
