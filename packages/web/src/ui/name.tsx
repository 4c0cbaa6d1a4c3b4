import type { JSX } from 'preact';
import { hueOf } from './hue.ts';

interface NameProps {
  readonly name: string;
}

/** A name in its colour. It stands apart from the text around it: a name written from right to left turns nothing else around. */
export function Name({ name }: NameProps): JSX.Element {
  return <bdi class={`name ${hueOf(name)}`}>{name}</bdi>;
}

/** The leaf of somebody: its first letter, in the colour of the name. */
export function Leaf({ name }: NameProps): JSX.Element {
  const [first = ''] = name;
  return (
    <span class={`leaf ${hueOf(name)}`} aria-hidden="true">
      {first.toUpperCase()}
    </span>
  );
}
