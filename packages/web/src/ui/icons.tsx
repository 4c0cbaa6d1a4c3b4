/** The icons say nothing by themselves: the button around each has the words. */
import type { JSX } from 'preact';
import drawings from '../assets/icons.svg?no-inline';

/** As in assets/icons.svg. */
export type IconName =
  | 'menu'
  | 'close'
  | 'search'
  | 'at'
  | 'people'
  | 'lobby'
  | 'plus'
  | 'room'
  | 'down'
  | 'up'
  | 'back'
  | 'answer'
  | 'copy'
  | 'code'
  | 'slash'
  | 'send'
  | 'more'
  | 'leave';

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" aria-hidden="true">
      <use href={`${drawings}#${name}`} />
    </svg>
  );
}
