import type { JSX } from 'preact';
import { Icon, type IconName } from './icons.tsx';

export interface IconButtonProps {
  readonly icon: IconName;
  /** Said by a screen reader, and shown when pointed at. */
  readonly label: string;
  readonly class?: string;
  readonly onClick: () => void;
}

/** A button that shows an icon alone. */
export function IconButton({ icon, label, class: extra = '', onClick }: IconButtonProps): JSX.Element {
  return (
    <button type="button" class={`icon-button ${extra}`} aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
