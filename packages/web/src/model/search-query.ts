/** What is searched for, as it was typed: words, with `from:name` and `in:room` among them. */

export interface Query {
  /** Joined by spaces; empty where only `from` or `in` is asked for. */
  readonly words: string;
  readonly from: string | undefined;
  /** A room (`dev`, `#dev`), the lobby (`lobby`), or private lines with somebody (`@bo`). */
  readonly in: string | undefined;
}

/** Names hold no spaces, so what they are never needs quoting; of two the last counts. Anything else with a colon is a word. */
export function readQuery(typed: string): Query {
  const words: string[] = [];
  const found: { from?: string; in?: string } = {};
  for (const word of typed.split(/\s+/)) {
    const [, key, name = ''] = /^(from|in):(.+)$/i.exec(word) ?? [];
    if (key?.toLowerCase() === 'from') found.from = name.replace(/^@/, '');
    else if (key) found.in = name;
    else if (word !== '' && !/^(from|in):$/i.test(word)) words.push(word);
  }
  return { words: words.join(' '), from: found.from, in: found.in };
}
