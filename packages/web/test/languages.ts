/** English and French. */
import assert from 'node:assert/strict';
import { eventually } from './stage/deadline.ts';
import { scene } from './stage/scene.ts';
import { en, fr } from './stage/words.ts';

scene('a French browser gets the page in French, from the first word to the last', async (stage) => {
  const ana = await stage.person({ locale: 'fr-FR' });
  const { page } = ana;
  await page.getByText(fr.entry.tagline).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'fr');
  await ana.nameField.fill('Pseu do');
  await page.getByText(fr.problems['name-space']('')).waitFor();
  await ana.shows('fr entry');
  await ana.enter('ana');
  const bo = await stage.member('bo');
  bo.says('MSG bonsoir ana');
  await ana.sees('bonsoir ana');
  await ana.log.getByText(fr.notice.came('bo', 1)).waitFor();
  await ana.log.getByText(fr.timeline.today).waitFor();
  assert.equal(await page.title(), `${fr.lobby} · Palabre`);
  assert.match((await ana.log.locator('time').last().textContent()) ?? '', /^\d\d:\d\d$/);
  await ana.say('/danse');
  await page.locator('#box-problem', { hasText: fr.problems['unknown-command']('danse') }).waitFor();
  await ana.choose(fr.menuItems.help);
  await ana.dialog(fr.help.title).getByText(fr.commands.search.does).waitFor();
  await ana.shows('fr help');
});

scene('the language is switched at once, without a reload, and kept', async (stage) => {
  const ana = await stage.enter('ana');
  const { page } = ana;
  await ana.box.fill('half a thought');
  await ana.choose(en.menuItems.settings);
  await ana.dialog(en.settings.title).getByLabel('Français').check();
  await ana.dialog(fr.settings.title).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'fr');
  await eventually(() => page.title(), `${fr.lobby} · Palabre`);
  await page.keyboard.press('Escape');
  assert.equal(await page.getByLabel(fr.box.label('')).inputValue(), 'half a thought');
  await page.reload();
  await page.getByRole('heading', { level: 1, name: fr.lobby }).waitFor();

  await page.getByRole('button', { name: fr.menu, exact: true }).click();
  await page.getByRole('button', { name: fr.menuItems.settings }).click();
  await page.getByLabel('English').check();
  await ana.dialog(en.settings.title).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
});
