/** The list over the box: commands and names that go on from what is typed. */
import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { Completion } from '../model/app.ts';
import { COMPLETIONS_ID, optionId } from '../ui/offer.ts';
import { useView } from '../ui/view.ts';
import { usePhrases } from './phrases.ts';

export interface CompletionsProps {
  readonly completion: Completion;
  readonly selected: number;
  readonly choose: (index: number) => void;
}

/** The focus stays in the box, which has the keys: an option is only ever pressed. */
export function Completions({ completion, selected, choose }: CompletionsProps): JSX.Element {
  const t = usePhrases();
  const { commands } = useView().words.value;
  useLayoutEffect(
    () => document.getElementById(optionId(selected))?.scrollIntoView({ block: 'nearest' }),
    [selected],
  );
  return (
    <>
      <div class="completions" id={COMPLETIONS_ID} role="listbox" aria-label={t.completions.title}>
        {completion.options.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's, which keeps the focus (aria-activedescendant).
          // biome-ignore lint/a11y/useFocusableInteractive: as above.
          <div
            key={option.insert}
            id={optionId(index)}
            role="option"
            aria-selected={index === selected}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(index)}
          >
            <bdi>{option.help ? commands[option.help].usage : option.label}</bdi>
            {option.help && <span class="muted">{commands[option.help].does}</span>}
          </div>
        ))}
      </div>
      <p class="hidden" role="status">
        {t.completions.count(completion.options.length)}
      </p>
    </>
  );
}
