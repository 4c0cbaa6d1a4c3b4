/**
 * A test in a browser. It gets a stage: a server of its own, and whoever it calls on to it. When it ends, nobody's page may have complained of anything:
 * an error or a warning on the console, something thrown, a dialog that a script has opened. So no test can forget to look.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { chromiumPath } from './chromium.ts';
import { DEADLINE_MS } from './deadline.ts';
import { Member } from './member.ts';
import { Person } from './person.ts';
import { Server } from './server.ts';
import { snapshot } from './snapshot.ts';
import { en, fr } from './words.ts';

let launched: Promise<Browser> | undefined;

/** One for the whole run. */
async function browser(): Promise<Browser> {
  launched ??= chromiumPath().then((executablePath) => chromium.launch({ executablePath }));
  return await launched;
}

after(async () => {
  await (await launched)?.close();
});

export class Stage implements AsyncDisposable {
  readonly server: Server;
  readonly note: (text: string) => void;
  readonly #people: Person[] = [];
  readonly #leftovers = new AsyncDisposableStack();

  private constructor(server: Server, note: (text: string) => void) {
    this.server = this.#leftovers.use(server);
    this.note = note;
  }

  /** `note`: prints beside the result of the test. `flags`: of `palabre serve`. */
  static async open(note: (text: string) => void, flags: readonly string[]): Promise<Stage> {
    return new Stage(await Server.start('--rate', 'off', ...flags), note);
  }

  /** Somebody with a browser of their own, before the page. `prepare`: what is done to it before it opens the page. */
  async person(
    options: BrowserContextOptions = {},
    prepare?: (page: Page) => Promise<unknown>,
  ): Promise<Person> {
    const context = await (await browser()).newContext({
      baseURL: this.server.url,
      locale: 'en-GB',
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    this.#leftovers.defer(() => context.close());
    context.setDefaultTimeout(DEADLINE_MS);
    const person = new Person(await context.newPage(), options.locale?.startsWith('fr') ? fr : en);
    this.#people.push(person);
    await prepare?.(person.page);
    await person.page.goto(this.server.url);
    return person;
  }

  /** The same, in the chat. */
  async enter(name: string, options?: BrowserContextOptions): Promise<Person> {
    const person = await this.person(options);
    await person.enter(name);
    return person;
  }

  /** Another tab of somebody's browser. */
  async tab(of: Person): Promise<Person> {
    const person = new Person(await of.context.newPage(), of.words);
    this.#people.push(person);
    await person.page.goto(this.server.url);
    return person;
  }

  /** Somebody with netcat, in the chat. */
  async member(name: string): Promise<Member> {
    return this.#leftovers.use(await Member.enter(this.server, name));
  }

  complaints(): string[] {
    return [this.server, ...this.#people].flatMap(({ complaints }) => complaints);
  }

  /** What everybody has before them, said beside the result and, where snapshots are wanted, drawn. */
  async photograph(title: string): Promise<void> {
    for (const [index, person] of this.#people.entries()) {
      if (person.page.isClosed()) continue;
      this.note(`page ${index + 1}: ${JSON.stringify(await person.contents())}`);
      await snapshot(person.page, `failed ${title} ${index + 1}`);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#leftovers.disposeAsync();
  }
}

/** `flags`: of the scene's `palabre serve`. */
export function scene(title: string, play: (stage: Stage) => Promise<void>, ...flags: string[]): void {
  test(title, { timeout: 90_000 }, async (t) => {
    await using stage = await Stage.open((text) => t.diagnostic(text), flags);
    try {
      await play(stage);
    } catch (error) {
      await stage.photograph(title);
      const complaints = stage.complaints();
      if (complaints.length === 0) throw error;
      throw new AggregateError([error], `${error}\nThere were complaints too:\n${complaints.join('\n')}`);
    }
    assert.deepEqual(stage.complaints(), [], 'there were complaints');
  });
}
