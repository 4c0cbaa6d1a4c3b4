/** What the page weighs, and how it bears a crowd. A test asserts what does not depend on how fast the machine is; the rest is printed. */
import assert from 'node:assert/strict';
import { setInterval as ticks } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';
import { eventually } from './stage/deadline.ts';
import type { Person } from './stage/person.ts';
import { scene } from './stage/scene.ts';
import { inSight, stillness } from './stage/scroll.ts';

/** Of JavaScript and CSS for first use, gzipped, in bytes. */
const MOST_BYTES = 45 * 1024;
/** Of messages in the document. */
const MOST_NODES = 300;
/** Lines kept by the server. */
const LINES = 100_000;

scene('first use loads at most 45 KB of JavaScript and CSS', async (stage) => {
  const loaded: Response[] = [];
  const ana = await stage.person({}, async (page) =>
    page.on('response', (response) => loaded.push(response)),
  );
  await ana.enter('ana');
  let total = 0;
  for (const response of loaded.filter((one) => /\.(js|css)$/.test(one.url()))) {
    const { length } = gzipSync(await response.body(), { level: 9 });
    stage.note(`${new URL(response.url()).pathname}: ${length} bytes gzipped`);
    total += length;
  }
  stage.note(`first use: ${total} bytes gzipped`);
  assert.ok(total > 0 && total <= MOST_BYTES, `${total} bytes, and ${MOST_BYTES} at most`);
});

scene('the page can be installed: its manifest and icons are there', async (stage) => {
  const { page } = await stage.person();
  const href = await page.locator('link[rel=manifest]').getAttribute('href');
  const answer = await page.request.get(href ?? '');
  assert.equal(answer.status(), 200);
  const manifest: {
    name: string;
    start_url: string;
    display: string;
    icons: { src: string; sizes: string }[];
  } = await answer.json();
  assert.deepEqual([manifest.name, manifest.start_url, manifest.display], ['Palabre', '/', 'standalone']);
  assert.ok(manifest.icons.some(({ sizes }) => sizes === '192x192'));
  assert.ok(manifest.icons.some(({ sizes }) => sizes === '512x512'));
  const links = await page
    .locator('link[rel=icon], link[rel=apple-touch-icon]')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  for (const src of [...links, ...manifest.icons.map((icon) => icon.src)]) {
    const icon = await page.request.get(src);
    assert.equal(icon.status(), 200, src);
    assert.match(icon.headers()['content-type'] ?? '', /^image\//, src);
  }
});

/** Counts the messages in the document whenever it changes; gives the most there ever were. */
async function countNodes(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const most = { nodes: 0 };
    Object.assign(window, { most });
    const messages = document.getElementsByTagName('article');
    new MutationObserver(() => {
      most.nodes = Math.max(most.nodes, messages.length);
    }).observe(document.body, { subtree: true, childList: true });
  });
  return async () => Number(await page.evaluate(() => Reflect.get(Reflect.get(window, 'most'), 'nodes')));
}

/** The number of the first line in sight, of those that are numbered. */
async function firstNumber(person: Person): Promise<number> {
  const [first] = await inSight(person);
  return Number(first?.text.split(' ')[1]);
}

scene(`at most 300 messages are in the document, of ${LINES} that are kept`, async (stage) => {
  const bo = await stage.member('bo');
  bo.says(...Array.from({ length: LINES }, (_, i) => `MSG line ${i + 1}${i === 4999 ? ' needle' : ''}`));
  await bo.heard();
  const ana = await stage.enter('ana', { viewport: { width: 1280, height: 1400 } });
  const { page, words } = ana;
  await ana.sees(`line ${LINES}`);
  const most = await countNodes(page);

  // Up, by throws, beyond what the page holds of a conversation; and down again.
  await ana.log.hover();
  for (let turn = 0; (await firstNumber(ana)) > LINES - 3000; turn++) {
    assert.ok(turn < 600, `scrolling up came no further than ${await firstNumber(ana)}`);
    await page.mouse.wheel(0, -4000);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await stillness(ana);
  const far = await firstNumber(ana);
  for (let turn = 0; (await firstNumber(ana)) < far + 1000; turn++) {
    assert.ok(turn < 300, 'scrolling down does not get on');
    await page.mouse.wheel(0, 4000);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await ana.button(words.timeline.toEnd).click();
  await eventually(async () => (await inSight(ana)).at(-1)?.text, `line ${LINES}`);

  // To the middle in one step, and on from there.
  await ana.say('/search needle');
  await ana.panel(words.search.title).getByRole('button', { name: 'line 5000 needle' }).click();
  await ana.sees('line 5000 needle');
  await ana.log.hover();
  for (const by of [-4000, 4000, 4000]) await page.mouse.wheel(0, by);
  await stillness(ana);

  stage.note(`messages in the document, at most: ${await most()}`);
  assert.ok((await most()) <= MOST_NODES, `${await most()} messages in the document`);
});

/** Notes, from the first script of the page on, each task that keeps it busy for over 50 ms. */
function noteLongTasks(): void {
  const tasks: number[] = [];
  Object.assign(window, { tasks });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  }).observe({ type: 'longtask' });
}

scene('a hundred messages a second are all shown', async (stage) => {
  const ana = await stage.person({}, (page) => page.addInitScript(noteLongTasks));
  const { page } = ana;
  await ana.enter('ana');
  const bo = await stage.member('bo');
  bo.says(...Array.from({ length: 500 }, (_, i) => `MSG before ${i}`));
  await ana.sees('before 499');
  await stillness(ana);
  await page.evaluate(() => Reflect.get(window, 'tasks').splice(0));

  let said = 0;
  for await (const _ of ticks(50)) {
    bo.says(
      ...Array.from(
        { length: 5 },
        () => `MSG line ${++said}, of some length, as people write, with a https://example.org/ in it`,
      ),
    );
    if (said >= 500) break;
  }
  await eventually(async () => (await ana.lines()).at(-1)?.split(',')[0], `line ${said}`);
  const tasks: number[] = await page.evaluate(() => Reflect.get(window, 'tasks'));
  stage.note(
    `tasks over 50 ms while a hundred messages a second came: ${tasks.length}, the longest ${Math.max(0, ...tasks)} ms`,
  );
});

function markFirstMessage(): void {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('article .text')) return;
    observer.disconnect();
    requestAnimationFrame(() => performance.mark('first message'));
  }).observe(document, { subtree: true, childList: true });
}

scene('the first message is there soon after the page is opened, on a cold cache', async (stage) => {
  const bo = await stage.member('bo');
  bo.says('MSG good evening');
  const before = await stage.enter('ana');
  await before.sees('good evening');
  const kept = await before.context.storageState();
  await before.context.close();

  const ana = await stage.person({ storageState: kept }, (page) => page.addInitScript(markFirstMessage));
  await ana.sees('good evening');
  const mark = await ana.page.waitForFunction(
    () => performance.getEntriesByName('first message')[0]?.startTime,
  );
  stage.note(`the first message is visible after ${Math.round((await mark.jsonValue()) ?? 0)} ms`);
});
