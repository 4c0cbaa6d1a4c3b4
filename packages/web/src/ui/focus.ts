import { useLayoutEffect } from 'preact/hooks';
import { coarsePointer } from './pointer.ts';
import { useView } from './view.ts';

/** `conversation`: the box, or on a touch screen the title, so that no keyboard comes up over half of what one came to read. */
export type FocusWanted = 'box' | 'conversation' | 'panel';

/**
 * Gives the focus, by `give`, when it is wanted for the `place`: once what was asked for together with it has been rendered. An element in a part of the
 * page that is still inert would not take it.
 */
export function useFocusWanted(place: 'box' | 'title' | 'panel', give: () => void): void {
  const { focus } = useView();
  const wanted = focus.value;
  useLayoutEffect(() => {
    if (wanted === undefined || placeOf(wanted) !== place) return;
    focus.value = undefined;
    give();
  }, [wanted]);
}

function placeOf(wanted: FocusWanted): 'box' | 'title' | 'panel' {
  if (wanted === 'conversation') return coarsePointer() ? 'title' : 'box';
  return wanted;
}
