/** The list of completions over the box: what is in it, and what the keys do to it. */
import { type ReadonlySignal, useSignal } from '@preact/signals';
import type { Completion } from '../model/app.ts';

export const COMPLETIONS_ID = 'completions';

export function optionId(index: number): string {
  return `${COMPLETIONS_ID}-${index}`;
}

export interface Offer {
  readonly completion: Completion;
  readonly selected: number;
  /** An arrow key has chosen in it, so that Enter means the choice. */
  readonly moved: boolean;
}

export interface OfferControls {
  readonly offer: ReadonlySignal<Offer | undefined>;
  /** For a text that has changed: opens the list where it opens by itself, else closes it. */
  show(completion: Completion | undefined): void;
  /** Tab without a list: completes what can only be one thing, else opens the list. Whether there is anything to complete. */
  ask(completion: Completion | undefined): boolean;
  choose(index: number): void;
  /** Whether the key was for the list. */
  key(key: string, text: string): boolean;
}

/** `accept`: an option was chosen. */
export function useOffer(accept: (completion: Completion, insert: string) => void): OfferControls {
  const offer = useSignal<Offer | undefined>(undefined);

  const open = (completion: Completion): void => {
    offer.value = { completion, selected: 0, moved: false };
  };

  const choose = (index: number): void => {
    const { completion } = offer.value ?? {};
    const option = completion?.options[index];
    offer.value = undefined;
    if (completion && option) accept(completion, option.insert);
  };

  return {
    offer,
    choose,

    show(completion) {
      if (completion?.auto && completion.options.length > 0) open(completion);
      else offer.value = undefined;
    },

    ask(completion) {
      const [first, ...others] = completion?.options ?? [];
      if (!completion || !first) return false;
      if (others.length > 0) open(completion);
      else accept(completion, first.insert);
      return true;
    },

    key(key, text) {
      const { value: current } = offer;
      if (!current) return false;
      const { selected, completion } = current;
      const { length } = completion.options;
      switch (key) {
        case 'ArrowUp':
        case 'ArrowDown': {
          const next = (selected + (key === 'ArrowUp' ? length - 1 : 1)) % length;
          offer.value = { completion, selected: next, moved: true };
          return true;
        }
        case 'Enter':
          if (!current.moved && !isPart(text, completion)) return false;
          choose(selected);
          return true;
        case 'Tab':
          choose(selected);
          return true;
        case 'Escape':
          offer.value = undefined;
          return true;
        default:
          return false;
      }
    },
  };
}

/** Whether what is typed is less than what is offered: a whole command, or a whole name, is meant as it stands. */
function isPart(text: string, { auto, from, to, options }: Completion): boolean {
  return auto && options[0]?.insert.trim() !== text.slice(from, to);
}
