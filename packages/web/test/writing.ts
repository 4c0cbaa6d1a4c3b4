/** What one writes, and how it is kept together: several lines, code, answers, drafts. */
import assert from 'node:assert/strict';
import { eventually } from './stage/deadline.ts';
import { scene } from './stage/scene.ts';
import { stillness } from './stage/scroll.ts';

scene('a text of several lines stays one, and is plain lines to a terminal', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.enter('bo');
  const cy = await stage.member('cy');
  await ana.box.focus();
  await ana.page.keyboard.type('first');
  await ana.page.keyboard.press('Shift+Enter');
  await ana.page.keyboard.type('second');
  await ana.page.keyboard.press('Enter');
  await cy.hears('MSG ana first');
  await cy.hears('MSG ana second');
  for (const person of [ana, bo]) await person.seesExactly('first\nsecond');

  await ana.page.reload();
  await ana.seesExactly('first\nsecond');
});

scene('pasted code keeps its lines and its spaces', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.enter('bo');
  const code = 'function f() {\n\n\treturn  1;\n}';
  await ana.button(ana.words.box.code).click();
  await ana.page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
    document.execCommand('insertText', false, text);
  }, code);
  await ana.page.keyboard.press('Enter');
  for (const person of [ana, bo]) {
    await eventually(() => person.log.locator('pre').allTextContents(), [code]);
    assert.equal(await person.log.getByRole('article').count(), 1);
  }
  await bo.shows('code');

  await ana.say('a line with `code` and more');
  await eventually(() => bo.log.locator('code').allTextContents(), ['code']);
});

scene('an answer carries what it answers, and leads back to it', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.enter('bo');
  const { words } = ana;
  await bo.say('who has the key?');
  await ana.sees('who has the key?');
  await ana.answer('who has the key?');
  await ana.page.getByText(words.box.answering('bo')).waitFor({ state: 'attached' });
  await ana.page.keyboard.type('I have');
  await ana.page.keyboard.press('Enter');
  for (const person of [ana, bo]) {
    const quote = person.line('I have').getByRole('button', { name: 'who has the key?' });
    await quote.waitFor();
    assert.equal(await quote.locator('.name').textContent(), 'bo');
  }
  await ana.page.getByText(words.box.answering('bo')).waitFor({ state: 'detached' });

  const cy = await stage.member('cy');
  cy.says(...Array.from({ length: 200 }, (_, i) => `MSG line ${i}`));
  await bo.sees('line 199');
  await ana.sees('line 199');
  await ana.say('so we are in');
  await bo.sees('so we are in');
  // Said long after, by one who answers the first line that was ever said here.
  await bo.log.press('Home');
  await stillness(bo);
  await bo.answer('who has the key?');
  await bo.page.keyboard.type('thank you');
  await bo.page.keyboard.press('Enter');
  await ana.line('thank you').getByRole('button', { name: 'who has the key?' }).click();
  await ana.sees('who has the key?');
  await ana.page.waitForFunction(
    () => document.activeElement?.querySelector('.text')?.textContent === 'who has the key?',
  );
  await ana.shows('answer');
  await ana.button(words.timeline.back).click();
  await ana.sees('thank you');
});

scene('who thinks better of answering says just a line', async (stage) => {
  const ana = await stage.enter('ana');
  await ana.say('one');
  await ana.seesExactly('one');
  await ana.answer('one');
  await ana.page.getByText(ana.words.box.answering('ana')).waitFor({ state: 'attached' });
  await ana.page.keyboard.press('Escape');
  await ana.page.getByText(ana.words.box.answering('ana')).waitFor({ state: 'detached' });
  await ana.page.keyboard.type('two');
  await ana.page.keyboard.press('Enter');
  await ana.seesExactly('one', 'two');
  await eventually(() => ana.log.locator('.quote').count(), 0);
});

scene('a draft is kept for each conversation, over a switch and over a reload', async (stage) => {
  const ana = await stage.enter('ana');
  const { words } = ana;
  await ana.enterRoom('dev');
  await ana.box.fill('half a thought\nfor the room');
  await ana.goTo(words.lobby);
  assert.equal(await ana.box.inputValue(), '');
  await ana.isListed('dev', words.draft);
  await ana.box.fill('half a thought for everybody');
  await ana.goTo('dev');
  assert.equal(await ana.box.inputValue(), 'half a thought\nfor the room');

  await ana.page.reload();
  await ana.isIn('dev');
  await eventually(() => ana.box.inputValue(), 'half a thought\nfor the room');
  await ana.goTo(words.lobby);
  await eventually(() => ana.box.inputValue(), 'half a thought for everybody');
  await ana.box.press('Enter');
  await ana.seesExactly('half a thought for everybody');
  await ana.page.reload();
  await ana.isIn(words.lobby);
  assert.equal(await ana.box.inputValue(), '', 'what was said is no draft');
});

scene('what is too long is said to be so, and stays in the box', async (stage) => {
  const ana = await stage.enter('ana');
  const { words } = ana;
  const long = 'é'.repeat(2100);
  await ana.say(long);
  await ana.page.locator('#box-problem', { hasText: words.problems['too-long']('') }).waitFor();
  assert.equal(await ana.box.inputValue(), long);
  assert.equal(await ana.box.getAttribute('aria-describedby'), 'box-problem');
  await ana.box.fill('short');
  await eventually(() => ana.page.locator('#box-problem').textContent(), '');
  await ana.box.press('Enter');
  await ana.seesExactly('short');
});

scene('an empty line is not said', async (stage) => {
  const ana = await stage.enter('ana');
  const bo = await stage.member('bo');
  await ana.say('   ');
  await ana.box.fill('');
  await ana.button(ana.words.box.send).click();
  await ana.say('now');
  assert.deepEqual(await bo.hears('MSG ana now'), []);
});

scene('a line is copied as it was said', async (stage) => {
  const ana = await stage.enter('ana', { permissions: ['clipboard-read', 'clipboard-write'] });
  const text = 'see `x  =  1`\nand https://example.org/';
  await ana.say(text);
  const line = ana.log.getByRole('article');
  await line.hover();
  await line.getByRole('button', { name: ana.words.message.copy }).click();
  await eventually(() => ana.page.evaluate(() => navigator.clipboard.readText()), text);
});
