/** The parts of the page that nobody needs at first: they come when they are asked for, or a little before. Until then they show nothing. */
import { signal } from '@preact/signals';
import { type ComponentType, createElement, type FunctionComponent } from 'preact';
import type * as Later from '../later/index.ts';
import styles from '../style/later.css?url';
import { useView } from './view.ts';

const later = signal<typeof Later | undefined>(undefined);
let fetching: Promise<typeof Later | undefined> | undefined;

/**
 * Fetches them; there are none if that cannot be. To be asked for only while the line holds: a browser may remember for the life of the page that
 * a module could not be fetched.
 */
export function fetchLater(): Promise<typeof Later | undefined> {
  fetching ??= Promise.all([import('../later/index.ts'), addStyles(styles)]).then(
    ([parts]) => {
      later.value = parts;
      return parts;
    },
    () => {
      fetching = undefined;
      return undefined;
    },
  );
  return fetching;
}

export const Completions = part(({ Completions }) => Completions);
export const Dialogs = part(({ Dialogs }) => Dialogs);
export const Panels = part(({ Panels }) => Panels);

function part<P extends object>(choose: (parts: typeof Later) => ComponentType<P>): FunctionComponent<P> {
  return function Part(props) {
    if (useView().app.line.value.state === 'connected') void fetchLater();
    return later.value ? createElement(choose(later.value), props) : null;
  };
}

function addStyles(url: string): Promise<Event> {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = url;
  document.head.append(link);
  return new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = (event) => {
      link.remove();
      reject(event);
    };
  });
}
