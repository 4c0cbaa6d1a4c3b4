/** Colours, where they are wanted. */
import { styleText } from 'node:util';
import { nameKey } from '@palabre/protocol';

export interface Paint {
  /** What is beside the talk: times, who came and went. */
  dim(text: string): string;
  /** What is for the reader above all. */
  strong(text: string): string;
  /** The line that tells where one is. */
  bar(text: string): string;
  /** A person's name, always in the same colour. */
  name(name: string): string;
}

/** No colours at all. */
export const plain: Paint = {
  dim: (text) => text,
  strong: (text) => text,
  bar: (text) => text,
  name: (name) => name,
};

/**
 * Of the palette of 256, those of different hues that stand out from white and from black alike (3.6 to 1 at least, WCAG 2): nobody needs to say which
 * of them the background is.
 */
export const NAME_COLOURS = [160, 166, 130, 100, 64, 28, 30, 32, 26, 63, 98, 134, 164, 162] as const;

/** For a terminal of 16 colours. */
const FEW_COLOURS = ['red', 'green', 'blue', 'magenta', 'cyan'] as const;

/** The colours of a terminal: as many as it has, none under `NO_COLOR`. */
export function paintFor(terminal: { getColorDepth(): number }): Paint {
  const depth = terminal.getColorDepth();
  if (depth < 4) return plain;
  const style = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    styleText(format, text, { validateStream: false });
  return {
    dim: style('dim'),
    strong: style('bold'),
    bar: style('inverse'),
    name:
      depth < 8
        ? (name) => style(pick(FEW_COLOURS, name))(name)
        : (name) => fromPalette(pick(NAME_COLOURS, name), name),
  };
}

function fromPalette(colour: number, text: string): string {
  return `\x1b[38;5;${colour}m${text}\x1b[39m`;
}

/** The same for the same name (2.2), on every machine. */
function pick<T>(colours: readonly [T, ...T[]], name: string): T {
  let hash = 0;
  for (const character of nameKey(name)) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return colours[hash % colours.length] ?? colours[0];
}
