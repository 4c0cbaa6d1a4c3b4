import { type ReadonlySignal, signal } from '@preact/signals';

const query = matchMedia('(max-width: 60rem)');
const matches = signal(query.matches);
query.addEventListener('change', () => {
  matches.value = query.matches;
});

/** Whether a panel covers the talk: as style/panel.css has it. */
export const narrow: ReadonlySignal<boolean> = matches;
