/** Somebody with a browser of their own: what they do and what they see, found as they would find it, by its name on the page. */
import type { BrowserContext, ConsoleMessage, Locator, Page } from 'playwright-core';
import { eventually } from './deadline.ts';
import { snapshot } from './snapshot.ts';
import { en, type Words } from './words.ts';

/** What the browser itself writes to the console when there is no server to reach. No page can keep it from doing so. */
const UNREACHABLE =
  /^(WebSocket connection to '\S+' failed: Error in connection establishment|Failed to load resource): net::ERR_(CONNECTION_REFUSED|INTERNET_DISCONNECTED)/;
/** The same, when the server dies in the middle of a handshake. */
const CUT_OFF =
  /^WebSocket connection to '\S+' failed: Error during WebSocket handshake: net::ERR_CONNECTION_RESET/;
/** The same, when an attempt to reach it is called off. */
const CALLED_OFF = /^WebSocket connection to '\S+' failed: WebSocket is closed before the connection/;

export class Person {
  readonly page: Page;
  readonly words: Words;
  /** What the page, or the browser about it, has complained of. */
  readonly complaints: string[] = [];
  readonly #expected: RegExp[] = [];

  constructor(page: Page, words: Words = en) {
    this.page = page;
    this.words = words;
    page.on('console', (message) => this.#note(message));
    page.on('pageerror', (error) => this.complaints.push(`threw: ${error.stack ?? error.message}`));
    page.on('crash', () => this.complaints.push('the page has crashed'));
    page.on('dialog', (dialog) => {
      this.complaints.push(`a script has opened a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
  }

  get context(): BrowserContext {
    return this.page.context();
  }

  /** From here on the browser may say that there is no server to be reached. */
  expectsLostServer(): void {
    this.#expected.push(UNREACHABLE, CUT_OFF, CALLED_OFF);
  }

  // The entry.

  get nameField(): Locator {
    return this.page.getByLabel(this.words.entry.name);
  }

  get keyField(): Locator {
    return this.page.getByLabel(this.words.entry.key);
  }

  async enter(name: string): Promise<void> {
    await this.nameField.fill(name);
    await this.page.getByRole('button', { name: this.words.entry.enter, exact: true }).click();
    await this.log.waitFor();
  }

  /** Waits until the page says that the line is lost. */
  async losesTheLine(): Promise<void> {
    await this.banner(this.words.line.reconnectingLong).waitFor();
  }

  async isConnected(): Promise<void> {
    await this.page.getByText(this.words.line.connected, { exact: true }).waitFor();
  }

  /** Over the box; a screen reader is told the same elsewhere. */
  banner(text: string): Locator {
    return this.page.getByRole('main').getByText(text);
  }

  // The conversations.

  get sidebar(): Locator {
    return this.page.getByRole('navigation', { name: this.words.conversations });
  }

  /** The button of a conversation, by its title, whatever else is said of it. */
  conversation(title: string): Locator {
    return this.sidebar
      .getByRole('button')
      .filter({ has: this.page.locator('bdi', { hasText: exactly(title) }) });
  }

  /** Waits until exactly that is said of a conversation beside its title: a draft, how much is unread … */
  async isListed(title: string, ...said: string[]): Promise<void> {
    const name = new RegExp(`^${[title, ...said].map((part) => RegExp.escape(part)).join('\\s*,\\s*')}$`);
    await this.sidebar.getByRole('button', { name }).waitFor();
  }

  async goTo(title: string): Promise<void> {
    await this.conversation(title).click();
    await this.isIn(title);
  }

  /** Waits until that conversation is the one that is open. */
  async isIn(title: string): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: title, exact: true }).waitFor();
  }

  /** By the list of rooms, as who has never heard of a command. */
  async enterRoom(name: string): Promise<void> {
    await this.button(this.words.moreRooms).click();
    const dialog = this.dialog(this.words.roomsDialog.title);
    await dialog.getByLabel(this.words.roomsDialog.name).fill(name);
    await this.page.keyboard.press('Enter');
    await this.isIn(name);
  }

  async enterRoomByCommand(name: string): Promise<void> {
    await this.say(`/join ${name}`);
    await this.isIn(name);
  }

  /** All the words on the page, and what is in its boxes: for who wants to know why a scene has failed. */
  async contents(): Promise<{ words: string; boxes: string[] } | string> {
    return await this.page
      .evaluate(() => ({
        words: document.body.innerText,
        boxes: Array.from(document.querySelectorAll('textarea, input'), (box) =>
          box instanceof HTMLTextAreaElement || box instanceof HTMLInputElement ? box.value : '',
        ),
      }))
      .catch(String);
  }

  // The talk.

  get log(): Locator {
    return this.page.getByRole('log');
  }

  get box(): Locator {
    return this.page.getByLabel(this.words.box.label(''));
  }

  /** Waits until one can write. */
  async boxHasFocus(): Promise<void> {
    await this.page.waitForFunction(() => document.activeElement instanceof HTMLTextAreaElement);
  }

  async say(text: string): Promise<void> {
    await this.box.fill(text);
    await this.box.press('Enter');
  }

  /** The line with exactly that text. */
  line(text: string): Locator {
    return this.log
      .getByRole('article')
      .filter({ has: this.page.locator('.text', { hasText: exactly(text) }) });
  }

  /** Waits for a line, by its text. */
  async sees(...texts: string[]): Promise<void> {
    for (const text of texts) await this.line(text).waitFor();
  }

  /** The texts of the lines in the document, in their order. */
  async lines(): Promise<string[]> {
    return await this.log.locator('article .text').allTextContents();
  }

  /** Waits until exactly these lines are there, in this order, and every one of one's own is confirmed. */
  async seesExactly(...texts: string[]): Promise<void> {
    await eventually(() => this.lines(), texts, 'the lines of the conversation');
    await eventually(() => this.unconfirmed.count(), 0, 'lines that are not confirmed');
  }

  /** Own lines that are told apart for want of a receipt. */
  get unconfirmed(): Locator {
    return this.log.getByText(this.words.message.waiting);
  }

  /** The buttons of a line show when it is pointed at. */
  async answer(text: string): Promise<void> {
    await this.line(text).hover();
    await this.line(text).getByRole('button', { name: this.words.message.answer }).click();
    await this.boxHasFocus();
  }

  // All else.

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** To the switcher. The key that leads there too may be said with it. */
  get switcherButton(): Locator {
    return this.sidebar.getByRole('button', { name: this.words.goTo });
  }

  dialog(title: string): Locator {
    return this.page.getByRole('dialog', { name: title });
  }

  panel(title: string): Locator {
    return this.page.getByRole('complementary', { name: title });
  }

  /** Chooses from one's menu. */
  async choose(item: string): Promise<void> {
    await this.button(this.words.menu).click();
    await this.button(item).click();
  }

  /** Looks away, as whoever turns to another window or tab. The browser here has no windows: the page is told as it would be. */
  async looksAway(): Promise<void> {
    await this.page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'hidden' });
      document.hasFocus = () => false;
      window.dispatchEvent(new Event('blur'));
      document.dispatchEvent(new Event('visibilitychange'));
    });
  }

  async looksBack(): Promise<void> {
    await this.page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: 'visible' });
      document.hasFocus = () => true;
      document.dispatchEvent(new Event('visibilitychange'));
      window.dispatchEvent(new Event('focus'));
    });
  }

  /** Waits until nothing slides or fades any more: places and colours are what they are to be. */
  async isStill(): Promise<void> {
    await this.page.waitForFunction(() =>
      document.getAnimations().every(({ playState }) => playState !== 'running'),
    );
  }

  async shows(name: string): Promise<void> {
    await this.isStill();
    await snapshot(this.page, name);
  }

  #note(message: ConsoleMessage): void {
    if (message.type() !== 'error' && message.type() !== 'warning') return;
    const text = message.text();
    if (this.#expected.some((one) => one.test(text))) return;
    this.complaints.push(`console ${message.type()}: ${text} (${message.location().url})`);
  }
}

/** A text and nothing but it, for Playwright, which would else look for a part. */
export function exactly(text: string): RegExp {
  return new RegExp(`^${RegExp.escape(text)}$`);
}
