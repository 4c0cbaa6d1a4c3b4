/** The keys that do the same wherever one is. */
import type { View } from './view.ts';

/** Listens until it is undone. */
export function listenForShortcuts(view: View): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.defaultPrevented) return;
    if (shortcut(event, view)) event.preventDefault();
  };
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}

/** Whether the key was one. */
function shortcut(event: KeyboardEvent, { app, dialog, drawer, focus }: View): boolean {
  const { key } = event;
  const command = event.ctrlKey || event.metaKey;
  if (command && !event.altKey && !event.shiftKey && key.toLowerCase() === 'k') {
    dialog.value = dialog.value === 'switcher' ? undefined : 'switcher';
    return true;
  }
  // As the document has it: the browser tells of a dialog that was closed by Esc only a little later.
  if (document.querySelector('dialog[open]')) return false;
  if (event.altKey && !command && (key === 'ArrowUp' || key === 'ArrowDown')) {
    app.step(key === 'ArrowUp' ? -1 : 1, event.shiftKey);
    focus.value = 'conversation';
    return true;
  }
  if (key === 'Escape' && drawer.value) {
    drawer.value = false;
    focus.value = 'conversation';
    return true;
  }
  // Whoever types while the focus is in the talk, or nowhere, means the box: the letter goes into it.
  const { target } = event;
  const aside =
    target === document.body || (target instanceof Element && target.matches('[role=log], article'));
  if (aside && key.length === 1 && key !== ' ' && !command && !event.altKey) {
    document.querySelector<HTMLElement>('.composer textarea')?.focus();
  }
  return false;
}
