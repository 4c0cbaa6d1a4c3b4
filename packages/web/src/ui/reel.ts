/**
 * The scrolled list, without what its lines look like: which slice of the items is in the document, and where it stands. Two things hold at all times:
 *
 * - A reader at the end stays at the end. A reader elsewhere keeps the line that is first in sight where it is, whatever is added, removed or
 *   changes its height above it.
 * - While somebody scrolls, `scrollTop` is not written if the box above can give way instead: a write ends the momentum of a finger's throw.
 */
import type { Item } from '../model/app.ts';
import { type Place, type Slice, sliceAround } from './slice.ts';

export interface ReelElements {
  /** What scrolls. */
  readonly scroller: HTMLElement;
  /** The empty boxes. */
  readonly above: HTMLElement;
  readonly below: HTMLElement;
  /** Has one child for each item of the slice, in their order. */
  readonly lines: HTMLElement;
}

/** How long after the last event the scrolling is over (`scrollend` is not in every browser). */
const STILL_MS = 150;

export class Reel {
  #place: Place;
  readonly #sliceChanged: () => void;
  #items: readonly Item[] = [];
  #slice: Slice = { first: 0, last: 0 };
  /** Measured, in px, by key. */
  readonly #heights = new Map<string, number>();
  #elements: ReelElements | undefined;
  #viewPx = 800;
  #widthPx = 0;
  #topPx = 0;
  #abovePx = 0;
  #linesPx = 0;
  /** On the way to a place that is yet to be rendered: where the list stands meanwhile says nothing. */
  #going = false;
  #moving: ReturnType<typeof setTimeout> | undefined;
  /** Whether the newest item held is the newest there is. */
  #complete = true;

  /** `sliceChanged`: another slice is to be rendered. */
  constructor(place: Place, sliceChanged: () => void) {
    this.#place = place;
    this.#sliceChanged = sliceChanged;
  }

  get place(): Place {
    return this.#place;
  }

  /** The items in sight, if only in part. */
  get inSight(): Slice {
    const { scroller } = this.#elements ?? {};
    if (!scroller) return this.#slice;
    const { scrollTop: top, clientHeight } = scroller;
    return { first: this.#find(top).index, last: this.#find(top + clientHeight).index + 1 };
  }

  /** Watches the elements until it is undone. */
  attach(elements: ReelElements): () => void {
    this.#elements = elements;
    this.#fit(elements.scroller);
    const observer = new ResizeObserver(() => this.#resized());
    observer.observe(elements.scroller);
    observer.observe(elements.lines);
    return () => {
      observer.disconnect();
      clearTimeout(this.#moving);
      this.#elements = undefined;
    };
  }

  /** The slice of `items` to render now. `complete`: the last of them is the newest there is. */
  take(items: readonly Item[], complete: boolean): Slice {
    const before = this.#follow(items);
    this.#items = items;
    this.#complete = complete;
    this.#slice = this.#wanted(before);
    this.#going = false;
    return this.#slice;
  }

  /**
   * The slice has been rendered: puts it where it belongs. First the boxes are made as high as what they stand for, then everything is read: so the
   * browser lays the list out once.
   */
  settle(): void {
    if (!this.#elements) return;
    const { above, below, lines } = this.#elements;
    const { first, last } = this.#slice;
    this.#abovePx = this.#height(0, first);
    above.style.height = `${this.#abovePx}px`;
    below.style.height = `${this.#height(last, this.#items.length)}px`;
    let index = first;
    for (const line of lines.children) {
      const item = this.#items[index++];
      if (item) this.#heights.set(item.key, line.getBoundingClientRect().height);
    }
    this.#linesPx = lines.offsetHeight;
    this.#hold();
  }

  /** Goes to a place; if it is not in the slice, once that has been rendered. */
  go(place: Place): void {
    this.#stop();
    this.#going = true;
    this.#place = place;
    this.#sliceChanged();
  }

  goToFirst(): void {
    const first = this.#items.find(({ type }) => type !== 'day');
    if (first) this.go({ key: first.key, top: this.#viewPx / 4 });
  }

  scrolled(): void {
    const { scroller } = this.#elements ?? {};
    // Where the box itself has changed, nobody has scrolled: the observer puts it right.
    if (!scroller || this.#going || scroller.clientHeight !== this.#viewPx) return;
    this.#place = this.#read(scroller);
    this.#topPx = scroller.scrollTop;
    clearTimeout(this.#moving);
    this.#moving = setTimeout(() => {
      this.#stop();
      this.settle();
    }, STILL_MS);
    const { first, last } = this.#wanted(this.#slice);
    if (first !== this.#slice.first || last !== this.#slice.last) this.#sliceChanged();
  }

  #wanted(before: Slice | undefined): Slice {
    const { length } = this.#items;
    const at = this.#place === 'end' ? length - 1 : this.#indexOf(this.#place.key);
    return sliceAround(Math.max(0, at), length, this.#viewPx, before);
  }

  #stop(): void {
    clearTimeout(this.#moving);
    this.#moving = undefined;
  }

  #resized(): void {
    if (!this.#elements) return;
    const { scroller, lines } = this.#elements;
    const before = this.#viewPx;
    // Nearly always it is what was rendered, and settled, a moment ago.
    if (!this.#fit(scroller) && lines.offsetHeight === this.#linesPx) return;
    this.settle();
    if (this.#viewPx > before) this.#sliceChanged();
  }

  /** Takes the measures of what is in sight; whether they are other ones. */
  #fit(scroller: HTMLElement): boolean {
    const { clientHeight, clientWidth } = scroller;
    const same = clientHeight === this.#viewPx && clientWidth === this.#widthPx;
    if (clientWidth !== this.#widthPx) this.#heights.clear();
    this.#viewPx = clientHeight;
    this.#widthPx = clientWidth;
    return !same;
  }

  /** Where the slice of before is in other items; and the place, where its item is no longer among them, passes on to the one at its index, or to the end. */
  #follow(items: readonly Item[]): Slice | undefined {
    if (items === this.#items) return this.#slice;
    const { first, last } = this.#slice;
    if (this.#place !== 'end') {
      const { key, top } = this.#place;
      if (!items.some((item) => item.key === key)) {
        const next = items[Math.min(this.#indexOf(key), items.length - 1)];
        this.#place = next ? { key: next.key, top } : 'end';
      }
    }
    const key = this.#items[first]?.key;
    const now = items.findIndex((item) => item.key === key);
    return now < 0 ? undefined : { first: now, last: Math.min(items.length, now + last - first) };
  }

  #indexOf(key: string): number {
    return this.#items.findIndex((item) => item.key === key);
  }

  /** Moves what is in sight to where the place says. */
  #hold(): void {
    if (!this.#elements) return;
    const { scroller, above } = this.#elements;
    if (this.#place === 'end') {
      scroller.scrollTop = scroller.scrollHeight;
      this.#topPx = scroller.scrollTop;
      return;
    }
    const line = this.#lineOf(this.#place.key);
    if (!line) return;
    const off = line.offsetTop - this.#place.top - scroller.scrollTop;
    if (Math.abs(off) < 1) return;
    const gives = this.#abovePx - off;
    if (this.#moving !== undefined && this.#slice.first > 0 && gives >= 0) {
      this.#abovePx = gives;
      above.style.height = `${gives}px`;
    } else {
      scroller.scrollTop += off;
      this.#topPx = scroller.scrollTop;
    }
  }

  #lineOf(key: string): HTMLElement | undefined {
    const line = this.#elements?.lines.children[this.#indexOf(key) - this.#slice.first];
    return line instanceof HTMLElement ? line : undefined;
  }

  /** The place that the reader has scrolled to. */
  #read(scroller: HTMLElement): Place {
    const top = scroller.scrollTop;
    const toEnd = scroller.scrollHeight - scroller.clientHeight - top;
    // A little way up is a wish to leave the end; a little way short of it, coming down, is a rounding.
    const atEnd = toEnd <= 1 || (toEnd < 8 && top > this.#topPx);
    if (atEnd && this.#complete && this.#slice.last === this.#items.length) return 'end';
    let { index, y } = this.#find(top);
    // Not by a day: earlier lines of it, and it begins before them.
    while (this.#items[index]?.type === 'day' && index < this.#items.length - 1) y += this.#heightOf(index++);
    const item = this.#items[index];
    return item ? { key: item.key, top: y - top } : 'end';
  }

  /** The item at `wanted` px from the top of all that is scrolled, and the upper edge of it. What is not in the document goes by its estimate. */
  #find(wanted: number): { readonly index: number; readonly y: number } {
    if (!this.#elements) return { index: 0, y: 0 };
    const { lines } = this.#elements;
    const { first, last } = this.#slice;
    let y = lines.offsetTop;
    if (wanted < y) {
      let index = first;
      while (index > 0 && y > wanted) y -= this.#heightOf(--index);
      return { index, y };
    }
    y += lines.offsetHeight;
    if (wanted >= y && last < this.#items.length) {
      let index = last;
      while (index < this.#items.length - 1 && y + this.#heightOf(index) <= wanted)
        y += this.#heightOf(index++);
      return { index, y };
    }
    const { children } = lines;
    let low = 0;
    let high = Math.max(0, children.length - 1);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (bottomOf(children[middle]) > wanted) high = middle;
      else low = middle + 1;
    }
    const line = children[low];
    return { index: first + low, y: line instanceof HTMLElement ? line.offsetTop : 0 };
  }

  #height(from: number, to: number): number {
    let sum = 0;
    for (let index = from; index < to; index++) sum += this.#heightOf(index);
    return sum;
  }

  #heightOf(index: number): number {
    const item = this.#items[index];
    return item ? (this.#heights.get(item.key) ?? estimate(item, this.#widthPx)) : 0;
  }
}

/** What an item that was never in the document is likely to measure, in px. */
function estimate(item: Item, widthPx: number): number {
  if (item.type !== 'message') return 36;
  const perLine = Math.max(20, (widthPx - 80) / 7.5);
  let lines = 0;
  for (const line of item.text.split('\n')) lines += Math.max(1, Math.ceil(line.length / perLine));
  return lines * 22 + (item.head ? 30 : 2) + (item.re ? 24 : 0);
}

function bottomOf(line: Element | undefined): number {
  return line instanceof HTMLElement ? line.offsetTop + line.offsetHeight : 0;
}
