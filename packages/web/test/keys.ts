/** A server with a password, and links that invite. */
import assert from 'node:assert/strict';
import { eventually } from './stage/deadline.ts';
import { asksFor } from './stage/passwords.ts';
import { scene } from './stage/scene.ts';

/** The form of an invitation; as long as no server signs any, the password of one is what it says. */
const claims = { id: 'x', until: 4_000_000_000_000, room: 'dev' };
const INVITATION = `${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;

scene(
  'the password is asked for; a wrong one is said to be so, the right one lets in, and a reload asks no more',
  async (stage) => {
    const ana = await stage.person();
    const { page, nameField, keyField, words } = ana;
    const note = page.locator('#name-note');
    await nameField.waitFor();
    assert.equal(await keyField.count(), 0, 'nobody has asked yet');
    await nameField.fill('ana');
    await nameField.press('Enter');
    await keyField.waitFor();
    await eventually(() => note.textContent(), words.problems['key-needed'](''));
    await eventually(() => keyField.evaluate((field) => field === document.activeElement), true);
    assert.equal(await keyField.getAttribute('type'), 'password');
    assert.equal(await keyField.getAttribute('aria-describedby'), 'name-note');
    await ana.shows('entry key');

    await keyField.fill('guess');
    await keyField.press('Enter');
    await eventually(() => note.textContent(), words.problems['key-wrong'](''));
    assert.equal(await keyField.getAttribute('aria-invalid'), 'true');
    assert.equal(await nameField.getAttribute('aria-invalid'), 'false');
    await eventually(() => keyField.evaluate((field) => field === document.activeElement), true);
    await ana.shows('entry key wrong');

    await keyField.fill('open sesame');
    await keyField.press('Enter');
    await ana.isIn(words.lobby);
    await ana.say('good evening');
    await ana.seesExactly('good evening');
    await page.reload();
    await ana.seesExactly('good evening');
    assert.doesNotMatch(page.url(), /sesame/);

    await ana.choose(words.menuItems.leave);
    await nameField.waitFor();
    assert.doesNotMatch(JSON.stringify(await page.evaluate(() => ({ ...localStorage }))), /sesame/);
  },
  ...asksFor('open sesame'),
);

scene(
  'a link that invites asks for a name alone, leads into its room, is no more in the address, and outlives a reload',
  async (stage) => {
    const ana = await stage.person();
    const { page, words } = ana;
    await page.goto('about:blank');
    await page.goto(`${stage.server.url}#invite=${INVITATION}`);
    await eventually(() => page.url(), stage.server.url);
    await page.reload();
    await ana.enter('ana');
    await ana.isIn('dev');
    assert.equal(await ana.keyField.count(), 0);
    await page.reload();
    await ana.isIn('dev');
    await ana.goTo(words.lobby);
    await page.reload();
    await ana.isIn(words.lobby);

    // Pasted into a tab that is in the chat already.
    await page.evaluate((token) => {
      location.hash = `invite=${token}`;
    }, INVITATION);
    await ana.isIn('dev');
    await eventually(() => page.url(), stage.server.url);
  },
  ...asksFor(INVITATION),
);

scene('a link whose time is over says so', async (stage) => {
  const over = Buffer.from(JSON.stringify({ ...claims, until: 1 })).toString('base64url');
  const ana = await stage.person({ locale: 'fr-FR' });
  await ana.nameField.waitFor();
  await ana.page.goto(`${stage.server.url}#invite=${over}.signature`);
  await ana.page.getByText(ana.words.problems['invitation-ended']('')).waitFor();
  await ana.shows('entry invitation ended');
});
