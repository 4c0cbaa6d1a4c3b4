/** The parts of the page that nobody needs at first. One file when built, fetched by ui/later.ts. */
export { Completions } from './completions.tsx';
export { Dialogs } from './dialogs.tsx';
export { notify } from './notifications.ts';
export { Panels } from './panels.tsx';
