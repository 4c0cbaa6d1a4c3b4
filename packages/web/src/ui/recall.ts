/** What one has said before, back into the box by Up and Down. */
export class Recall {
  /** How far back: 0 is what is being written. */
  #back = 0;

  /**
   * What the box is to show after a step back (1) or forward (-1) through `said`, oldest first. `undefined`: the key means what it always
   * does, since there is a text in the box that was not recalled.
   */
  step(by: 1 | -1, text: string, said: readonly string[]): string | undefined {
    if (this.#back > 0 && text !== said.at(-this.#back)) this.#back = 0;
    if (this.#back === 0 && (by === -1 || text !== '')) return undefined;
    const back = Math.min(said.length, this.#back + by);
    this.#back = back;
    return back === 0 ? '' : said.at(-back);
  }
}
