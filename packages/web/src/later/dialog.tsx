/** A native dialog over the page: it holds the focus, closes by Escape or a press beside it, and gives the focus back. */
import type { ComponentChildren, JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { IconButton } from '../ui/icon-button.tsx';
import { type DialogName, useView } from '../ui/view.ts';

export interface DialogProps {
  readonly name: DialogName;
  readonly title: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

export function Dialog({ name, title, class: extra = '', children }: DialogProps): JSX.Element {
  const { dialog, words } = useView();
  const element = useRef<HTMLDialogElement>(null);

  useLayoutEffect(() => {
    const { current } = element;
    current?.showModal();
    // The browser would give it to the first button, which closes the dialog again.
    current?.querySelector('input')?.focus();
    // Closed, not only taken away: it is closing that gives the focus back.
    return () => current?.close();
  }, []);

  // Its own closing alone: by the time that the browser tells of it another may be open.
  const close = (): void => {
    if (dialog.value === name) dialog.value = undefined;
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the key that does what a press beside the dialog does is Escape, and native.
    <dialog
      ref={element}
      class={`dialog ${extra}`}
      aria-label={title}
      onClose={close}
      onClick={(event) => {
        if (event.target === event.currentTarget) close();
      }}
    >
      <div class="dialog-body">
        <header>
          <h2>{title}</h2>
          <IconButton icon="close" label={words.value.close} onClick={close} />
        </header>
        {children}
      </div>
    </dialog>
  );
}
