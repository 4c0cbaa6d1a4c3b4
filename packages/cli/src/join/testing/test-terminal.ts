/**
 * A terminal of a few words: what `screen.ts` says and nothing else. Rows of clusters; what goes up over the edge is in the scroll-back, where nothing
 * reaches it any more.
 */
import { clustersOf } from '../../terminal/clusters.ts';

export class TestTerminal {
  readonly #columns: number;
  readonly #height: number;
  readonly #rows: string[][] = [[]];
  #top = 0;
  #row = 0;
  /** In clusters: each takes its columns with it. */
  #at = 0;
  #wraps = true;

  constructor(columns: number, height: number) {
    this.#columns = columns;
    this.#height = height;
  }

  /** All rows, those that have scrolled away too, down to the cursor's or the last that has something. */
  get everything(): string[] {
    const rows = this.#rows.map((row) => row.join('').trimEnd());
    while (rows.length > this.#row + 1 && rows.at(-1) === '') rows.pop();
    return rows;
  }

  /** What stands in the cursor's row before it. */
  get behindCursor(): string {
    return (this.#rows[this.#row] ?? []).slice(0, this.#at).join('');
  }

  write(bytes: string): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what a terminal reads.
    for (const [part] of bytes.matchAll(/\x1b\[\??\d*[A-Za-z]|[\r\n]|[^\x1b\r\n]+/g)) this.#obey(part);
  }

  #obey(part: string): void {
    const [, count = '', letter = ''] = /^.\[\??(\d*)([A-Za-z])$/.exec(part) ?? [];
    if (part === '\r') this.#at = 0;
    else if (part === '\n') this.#down();
    else if (letter === 'A') this.#row = Math.max(this.#top, this.#row - Number(count));
    else if (letter === 'J') this.#wipe();
    else if (letter === 'h' || letter === 'l') this.#wraps = count === '7' ? letter === 'h' : this.#wraps;
    else this.#print(part);
  }

  #print(text: string): void {
    for (const { text: cluster } of clustersOf(text)) {
      const row = this.#rows[this.#row] ?? [];
      const width = clustersOf([...row.slice(0, this.#at), cluster].join('')).reduce(
        (sum, one) => sum + one.width,
        0,
      );
      if (width > this.#columns && this.#wraps) {
        this.#at = 0;
        this.#down();
      }
      this.#rows[this.#row]?.splice(this.#at++, 1, cluster);
    }
  }

  #down(): void {
    this.#row++;
    this.#rows[this.#row] ??= [];
    this.#top = Math.max(this.#top, this.#row - this.#height + 1);
  }

  #wipe(): void {
    this.#rows[this.#row]?.splice(this.#at);
    this.#rows.splice(this.#row + 1);
  }
}
