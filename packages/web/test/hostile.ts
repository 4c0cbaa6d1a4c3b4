/** What is said stays text, and what is not ours stays outside. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { eventually } from './stage/deadline.ts';
import { scene } from './stage/scene.ts';

scene('script in a name or a text never runs, and shows as the text that it is', async (stage) => {
  const ana = await stage.enter('ana');
  const { words, page } = ana;
  await page.evaluate(() => Object.assign(window, { ran: [] }));
  const name = '<img/src=x/onerror=ran.push(1)>';
  const image = '<img src=x onerror="ran.push(2)">';
  const script = '<script>ran.push(3)</script>';
  const texts = [
    image,
    script,
    '<svg onload=ran.push(4)>',
    'javascript:ran.push(5)',
    'https://example.org/"onmouseover="ran.push(6)',
    '[go](javascript:ran.push(7)) data:text/html,<script>ran.push(7)</script>',
    '{{constructor.constructor("ran.push(8)")()}}',
    '`<b>`',
  ];
  const bo = await stage.member(name);
  bo.says(...texts.map((text) => `MSG ${text}`), `MSG ana ${image}`, `PRV ana ${image}`);
  await ana.sees(...texts.slice(0, -1), `ana ${image}`);
  await eventually(() => ana.log.locator('article header bdi').first().textContent(), name);
  for (const link of await ana.log.getByRole('link').all()) {
    assert.match((await link.getAttribute('href')) ?? '', /^https:\/\/example\.org\//);
  }

  // Everywhere else that names and texts come to.
  await ana.button(words.header.people(2)).click();
  await ana.panel(words.people.title).getByText(name).waitFor();
  await ana.button(words.header.mentions).click();
  await ana.panel(words.mentions.title).getByText(image).waitFor();
  await ana.say('/search onerror');
  await ana.panel(words.search.title).getByText(image).first().waitFor();
  await ana.answer(script);
  await page.keyboard.type('no');
  await page.keyboard.press('Enter');
  await ana.line('no').getByRole('button', { name: script }).waitFor();
  await page.keyboard.press('Control+k');
  await ana.dialog(words.goTo).getByText(name).first().waitFor();
  await page.keyboard.press('Escape');
  await ana.dialog(words.goTo).waitFor({ state: 'detached' });
  await ana.boxHasFocus();
  await page.keyboard.type('@<');
  await page.getByRole('listbox', { name: words.completions.title }).getByText(name).waitFor();
  await ana.box.fill('');
  await ana.goTo(name);
  await ana.sees(image);
  await ana.enterRoom('<b>dev</b>');
  await ana.shows('hostile');

  assert.deepEqual(await page.evaluate(() => Reflect.get(window, 'ran')), []);
  assert.equal(await page.locator('main img, main script, main b, main svg[onload]').count(), 0);
});

scene('a text that is written from right to left turns nothing else around', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.member('\u05d0\u05d1\u05d2');
  bo.says('MSG \u05e9\u05dc\u05d5\u05dd ana', 'MSG ends in an override \u202e', 'MSG after it');
  await ana.sees('after it');
  const isolates = await ana.log
    .locator('article bdi, article .text')
    .evaluateAll((all) => all.map((one) => getComputedStyle(one).unicodeBidi));
  assert.ok(isolates.length >= 4);
  assert.deepEqual([...new Set(isolates)], ['isolate']);
  assert.equal(
    await ana
      .line('\u05e9\u05dc\u05d5\u05dd ana')
      .locator('.text')
      .evaluate((text) => getComputedStyle(text).direction),
    'rtl',
  );
});

scene(
  'a page from another origin is refused: it cannot open the chat, nor hold the page in a frame',
  async (stage) => {
    const other = createServer((_, response) => {
      response
        .setHeader('content-type', 'text/html')
        .end(`<!doctype html><iframe src="${stage.server.url}"></iframe>`);
    });
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    assert.ok(address !== null && typeof address === 'object');
    try {
      const eve = await stage.person();
      await eve.page.goto(`http://127.0.0.1:${address.port}/`);
      const outcome = await eve.page.evaluate(
        async (url) => {
          const socket = new WebSocket(url);
          return await new Promise((resolve) => {
            socket.onopen = () => resolve('opened');
            socket.onerror = () => resolve('refused');
          });
        },
        new URL('/chat', stage.server.url).href.replace('http', 'ws'),
      );
      assert.equal(outcome, 'refused');
      await eventually(() => eve.complaints.length, 2);
      const said = eve.complaints.splice(0).toSorted();
      assert.match(
        said[0] ?? '',
        /Framing .* violates the following Content Security Policy directive: "frame-ancestors 'none'"/,
      );
      assert.match(
        said[1] ?? '',
        /WebSocket connection .* failed: Error during WebSocket handshake: Unexpected response code: 403/,
      );
    } finally {
      other.close();
    }
  },
);
