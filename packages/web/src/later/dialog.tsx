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
  const { dialog, focus, words } = useView();
  const element = useRef<HTMLDialogElement>(null);

  useLayoutEffect(() => {
    const { current } = element;
    current?.showModal();
    // The browser would give it to the first button, which closes the dialog again.
    current?.querySelector('input')?.focus();
    // Closed, not only taken away: it is closing that gives the focus back.
    return () => {
      current?.close();
      // After this the element leaves the document.
      queueMicrotask(renewFocus);
    };
  }, []);

  // Now, and not with the next rendering: what is typed next goes to where the focus is then.
  const close = (): void => element.current?.close();

  const closed = (): void => {
    // By the time that the browser tells of it another may be open.
    if (dialog.value === name) dialog.value = undefined;
    // What opened it may be out of sight by now.
    if (document.activeElement === document.body) focus.value = 'conversation';
  };

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the key that does what a press beside the dialog does is Escape, and native.
    <dialog
      ref={element}
      class={`dialog ${extra}`}
      aria-label={title}
      onClose={closed}
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

/**
 * In Chromium (153) the box that a closed dialog has given the focus back to takes no letters if the dialog leaves the document within some 20 ms of
 * closing. Focused anew, it does.
 */
function renewFocus(): void {
  const { activeElement: box } = document;
  if (!(box instanceof HTMLTextAreaElement)) return;
  box.blur();
  box.focus();
}
