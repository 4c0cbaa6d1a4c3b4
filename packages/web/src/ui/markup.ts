/**
 * What a text is made of: links, `code`, blocks between ```, the reader's own name. Nothing of it is ever HTML: the page makes elements of the pieces.
 */
export type Piece =
  | { readonly type: 'text' | 'code' | 'block' | 'mention'; readonly text: string }
  | { readonly type: 'link'; readonly text: string; readonly href: string };

// A block may say its language after the first fence; that line is not shown.
const BLOCK = /```(?:[\w+#.-]*[ \t]*\n)?([\s\S]*?)```/g;
const CODE = /`([^`\n]+)`/g;
const LINK = /\bhttps?:\/\/[^\s<>"`]+/giu;

/** The pieces of `text`, in its order. `me`: the name to mark, where there is one to mark. */
export function parseText(text: string, me?: string): readonly Piece[] {
  return [
    ...around(
      BLOCK,
      text,
      ([, inside = '']) => blockOf(inside),
      (rest) => [
        ...around(
          CODE,
          rest,
          ([, inside = '']) => ({ type: 'code', text: inside }),
          (plain) => [
            ...around(
              LINK,
              plain,
              ([found]) => linkOf(found),
              (words) => [...mentions(words, me)],
            ),
          ],
        ),
      ],
    ),
  ];
}

/** What `pattern` finds, made into pieces by `found`, and what is between, by `between`. A `found` without a piece leaves the text as it is. */
function* around(
  pattern: RegExp,
  text: string,
  found: (match: RegExpExecArray) => Piece | undefined,
  between: (rest: string) => Iterable<Piece>,
): Generator<Piece> {
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    const piece = found(match);
    if (!piece) continue;
    if (match.index > done) yield* between(text.slice(done, match.index));
    yield piece;
    // A link may be shorter than what was found: a full stop after it is not part of it.
    done = match.index + (piece.type === 'link' ? piece.text.length : match[0].length);
  }
  if (done < text.length) yield* between(text.slice(done));
}

function blockOf(inside: string): Piece | undefined {
  const text = inside.replace(/^\n|\n$/g, '');
  return text.trim() === '' ? undefined : { type: 'block', text };
}

/** A link without what a sentence puts behind it; `undefined` where it is no address. */
function linkOf(found: string): Piece | undefined {
  let text = found;
  for (let last = text.at(-1); last !== undefined && closes(text, last); last = text.at(-1)) {
    text = text.slice(0, -1);
  }
  return URL.canParse(text) ? { type: 'link', text, href: new URL(text).href } : undefined;
}

const OPENED_BY: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

function closes(text: string, last: string): boolean {
  const opener = OPENED_BY[last];
  if (opener) return text.split(opener).length < text.split(last).length;
  return /[.,;:!?'»”’*_]/.test(last);
}

function* mentions(text: string, me: string | undefined): Generator<Piece> {
  if (!me) {
    yield { type: 'text', text };
    return;
  }
  const name = me.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])@?${name}(?![\\p{L}\\p{N}_])`, 'giu');
  yield* around(
    pattern,
    text,
    ([found]) => ({ type: 'mention', text: found }),
    (rest) => [{ type: 'text', text: rest }],
  );
}
