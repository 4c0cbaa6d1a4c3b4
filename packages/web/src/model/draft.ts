import { type Signal, signal } from '@preact/signals';
import type { Device } from './device.ts';

/**
 * What is in the box of a conversation, kept on the device. What waits for a line that is lost would be lost with the page: it is kept along with it, as
 * what is yet to be said.
 */
export class Draft {
  readonly text: Signal<string>;
  readonly #device: Device;
  readonly #key: () => string;
  readonly #waiting: () => readonly string[];

  /** `key`: where it is kept. `waiting`: texts that would be lost. */
  constructor(device: Device, key: () => string, waiting: () => readonly string[]) {
    this.#device = device;
    this.#key = key;
    this.#waiting = waiting;
    const kept = device.get(key());
    this.text = signal(typeof kept === 'string' ? kept : '');
    let first = true;
    this.text.subscribe(() => {
      if (!first) this.keep();
      first = false;
    });
  }

  /** Keeps it, soon. */
  keep(): void {
    this.#device.soon(this.#key(), () => this.#with(this.#waiting()) || undefined);
  }

  /** Puts texts before what is in the box. */
  prepend(texts: readonly string[]): void {
    this.text.value = this.#with(texts);
  }

  forget(): void {
    this.text.value = '';
    this.#device.put(this.#key(), undefined);
  }

  #with(texts: readonly string[]): string {
    return [...texts, this.text.peek()].filter(Boolean).join('\n');
  }
}
