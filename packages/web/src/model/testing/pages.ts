import type { App, Conversation, Item, Message } from '../app.ts';
import { type AppOptions, createApp } from '../create.ts';
import { TestDevice } from './device.ts';
import { until } from './until.ts';

/** Pages that are closed at the end. */
export class Pages implements AsyncDisposable {
  readonly #address: string;
  readonly #open: App[] = [];

  constructor(address: string) {
    this.#address = address;
  }

  /** A page, as it is when it has been loaded. */
  load(device = new TestDevice(), options: Partial<AppOptions> = {}): App {
    const page = createApp({ address: this.#address, ...device.tab(), ...options });
    this.#open.push(page);
    return page;
  }

  /** A page on which somebody has entered. */
  async enter(name: string, device = new TestDevice(), options: Partial<AppOptions> = {}): Promise<App> {
    const page = this.load(device, options);
    page.entry.name.value = name;
    await page.entry.enter();
    await inside(page);
    return page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const page of this.#open) page.detach();
  }
}

/** In the chat, and all is loaded that is asked for at first. */
export async function inside(page: App): Promise<void> {
  await until(() => page.stage.value === 'chat' && page.conversations.value[0]?.members.value.length !== 0);
  await until(() => page.current.value.timeline.loading.value === undefined);
}

export function messages(one: Conversation): Message[] {
  return one.timeline.items.value.filter((item): item is Message => item.type === 'message');
}

/** The texts that are shown, in their order. */
export function texts(one: Conversation): string[] {
  return messages(one).map(({ text }) => text);
}

export function find(page: App, key: string): Conversation {
  const one = page.conversations.value.find((each) => each.key === key);
  if (!one) throw new Error(`no ${key} among ${page.conversations.value.map((each) => each.key)}`);
  return one;
}

/** Waits until the open conversation shows this text last. */
export async function shows(page: App, text: string): Promise<void> {
  await until(() => texts(page.current.value).at(-1) === text);
}

export function kinds(items: readonly Item[]): string[] {
  return items.map((item) => (item.type === 'message' ? item.text : item.type));
}
