/** A text as it is shown: made of elements alone, so that whatever is said stays text. */
import type { JSX } from 'preact';
import { parseText } from './markup.ts';
import { useView } from './view.ts';

export interface TextProps {
  readonly text: string;
  /** The reader's own name, where it is to be marked. */
  readonly me?: string | undefined;
}

export function Text({ text, me }: TextProps): JSX.Element {
  const label = useView().words.value.message.block;
  return (
    <div class="text" dir="auto">
      {parseText(text, me).map((piece) => {
        switch (piece.type) {
          case 'text':
            return piece.text;
          case 'link':
            return (
              <a href={piece.href} target="_blank" rel="noopener noreferrer">
                {piece.text}
              </a>
            );
          case 'code':
            return <code dir="ltr">{piece.text}</code>;
          case 'mention':
            return <mark class="mention">{piece.text}</mark>;
          case 'block':
            return (
              // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled to by keyboard too (WCAG 2.1.1).
              <section class="block" aria-label={label} tabIndex={0} dir="ltr">
                <pre>{piece.text}</pre>
              </section>
            );
          default:
            return piece satisfies never;
        }
      })}
    </div>
  );
}
