import { nameKey } from '@palabre/protocol';

// A letter of a script that puts spaces between words: one beside the name makes another word of it.
const LETTER =
  /^[[\p{L}\p{N}\p{M}_]--[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}]]$/v;

/** A function that says whether a text names this person, as a word, in whatever spelling (2.2). */
export function mentions(name: string): (text: string) => boolean {
  const word = nameKey(name);
  return (text) => {
    const all = nameKey(text);
    for (let at = all.indexOf(word); at >= 0; at = all.indexOf(word, at + 1)) {
      const [before = ''] = [...all.slice(Math.max(0, at - 2), at)].slice(-1);
      const [after = ''] = all.slice(at + word.length, at + word.length + 2);
      if (!LETTER.test(before) && !LETTER.test(after)) return true;
    }
    return false;
  };
}
