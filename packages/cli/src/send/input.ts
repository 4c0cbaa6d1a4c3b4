/** What is to be said, as lines. Empty ones are left out: there is nothing to say in them. */
import { decodeUtf8, LINE_BYTES, LineSplitter, TOO_LONG } from '@palabre/protocol';

/** A line, or why it can't be said: `long` (2.6), `text` (2.7). */
export type InputLine = {
  /** Counts from 1, empty lines too. */
  readonly number: number;
} & (
  | {
      readonly text: string;
      /** It goes on from the line before (3.11). */
      readonly cont: boolean;
    }
  | { readonly problem: 'long' | 'text' }
);

/** Cuts bytes into lines, as they come; the last one needs no end. */
export async function* inputLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<InputLine[]> {
  const splitter = new LineSplitter(LINE_BYTES);
  let number = 0;
  const cut = (chunk: Uint8Array): InputLine[] => {
    const lines: InputLine[] = [];
    splitter.push(chunk);
    for (let line = splitter.next(); line !== undefined; line = splitter.next()) {
      number++;
      const text = line === TOO_LONG ? undefined : decodeUtf8(line);
      if (text === undefined) lines.push({ number, problem: line === TOO_LONG ? 'long' : 'text' });
      else if (text !== '') lines.push({ number, text, cont: false });
    }
    return lines;
  };
  for await (const chunk of chunks) yield cut(chunk);
  // What stands without an end is a line too; where nothing does, this makes an empty one.
  yield cut(Uint8Array.of(0x0a));
}

/** The lines of one text: each but the first goes on from the one before. */
export function textLines(text: string): InputLine[] {
  const lines = text.split(/\r?\n/).map((line, i) => ({ number: i + 1, text: line }));
  return lines.filter(({ text }) => text !== '').map((line, i) => ({ ...line, cont: i > 0 }));
}
