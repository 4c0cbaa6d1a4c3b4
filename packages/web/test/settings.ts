/** What one chooses for this device; notifications. */
import assert from 'node:assert/strict';
import { eventually } from './stage/deadline.ts';
import type { Person } from './stage/person.ts';
import { scene } from './stage/scene.ts';

/** What the page is drawn on. */
async function ground({ page }: Person): Promise<'light' | 'dark'> {
  const colour = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const [, red = ''] =
    /^rgb\((\d+),/.exec(colour) ?? assert.fail(`not a colour that is understood here: ${colour}`);
  return Number(red) > 127 ? 'light' : 'dark';
}

scene('light or dark follows the system until one chooses, and the choice is kept', async (stage) => {
  const ana = await stage.enter('ana', { colorScheme: 'dark' });
  const { words, page } = ana;
  assert.equal(await ground(ana), 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await eventually(() => ground(ana), 'light');

  await ana.choose(words.menuItems.settings);
  await ana.dialog(words.settings.title).getByLabel(words.settings.dark, { exact: true }).check();
  await eventually(() => ground(ana), 'dark');
  await page.reload();
  await ana.log.waitFor();
  assert.equal(await ground(ana), 'dark');
  await ana.choose(words.menuItems.settings);
  assert.ok(
    await ana.dialog(words.settings.title).getByLabel(words.settings.dark, { exact: true }).isChecked(),
  );
});

scene('who comes and goes is shown or not, as one likes', async (stage) => {
  const ana = await stage.enter('ana');
  const { words, page } = ana;
  await stage.member('bo');
  const notice = ana.log.getByText(words.notice.came('bo', 1));
  await notice.waitFor();
  const set = async (shown: boolean): Promise<void> => {
    await ana.choose(words.menuItems.settings);
    await ana.dialog(words.settings.title).getByLabel(words.settings.showComings).setChecked(shown);
    await page.keyboard.press('Escape');
  };
  await set(false);
  await notice.waitFor({ state: 'detached' });
  await set(true);
  await notice.waitFor();
  await ana.shows('settings');
});

/** In place of the browser's notifications, which need somebody to answer: gives these answers in turn, notes what is asked and shown. */
function stubNotifications(answers: string[]): void {
  class Stub {
    static permission = 'default';
    static asked = 0;
    static shown: string[] = [];
    onclick: (() => void) | null = null;
    static async requestPermission(): Promise<string> {
      Stub.permission = answers[Stub.asked++] ?? 'nobody is there to answer';
      return Stub.permission;
    }
    constructor(title: string, { body = '' }: NotificationOptions = {}) {
      Stub.shown.push(`${title} | ${body}`);
    }
    close(): void {}
  }
  Object.defineProperty(window, 'Notification', { configurable: true, value: Stub });
}

scene(
  'notifications are asked for on a click alone, and shown for what concerns one while one looks away',
  async (stage) => {
    const ana = await stage.person({}, (page) => page.addInitScript(stubNotifications, ['granted']));
    const { words, page } = ana;
    await ana.enter('ana');
    const bo = await stage.member('bo');
    const asked = (): Promise<unknown> => page.evaluate(() => Reflect.get(Notification, 'asked'));
    const shown = (): Promise<unknown> => page.evaluate(() => Reflect.get(Notification, 'shown'));

    await ana.looksAway();
    bo.says('MSG ana, before you chose');
    await ana.sees('ana, before you chose');
    assert.equal(await asked(), 0);
    assert.deepEqual(await shown(), []);
    await ana.looksBack();

    await ana.choose(words.menuItems.settings);
    await ana.dialog(words.settings.title).getByLabel(words.settings.notifications).check();
    assert.equal(await asked(), 1);
    await page.keyboard.press('Escape');

    bo.says('MSG ana, while you look');
    await ana.sees('ana, while you look');
    await ana.looksAway();
    bo.says('MSG nobody in particular', 'MSG ana, look', 'PRV ana psst');
    await eventually(shown, [
      `${words.notify.mention('bo', words.lobby)} | ana, look`,
      `${words.notify.private('bo')} | psst`,
    ]);

    await page.reload();
    await ana.log.waitFor();
    assert.equal(await asked(), 0, 'it is not asked for again');
  },
);

scene(
  'who put the question about notifications away, or changed the settings of the browser, may ask for them again',
  async (stage) => {
    const ana = await stage.person({}, (page) =>
      page.addInitScript(stubNotifications, ['default', 'denied', 'denied', 'granted']),
    );
    const { words, page } = ana;
    await ana.enter('ana');
    await ana.choose(words.menuItems.settings);
    const dialog = ana.dialog(words.settings.title);
    const box = dialog.getByLabel(words.settings.notifications);
    const note = dialog.getByText(words.settings.blocked);
    const answered = async (checked: boolean, blocked: boolean): Promise<void> =>
      await eventually(
        async () => [await box.isEnabled(), await box.isChecked(), (await note.count()) > 0],
        [true, checked, blocked],
      );
    await box.click();
    await answered(false, false);
    await box.click();
    await answered(false, true);
    await box.click();
    await answered(false, true);
    await page.reload();
    await ana.log.waitFor();
    await page.evaluate(() => Object.assign(Notification, { asked: 3 }));
    await ana.choose(words.menuItems.settings);
    await answered(false, true);
    await box.click();
    await answered(true, false);
  },
);
