/**
 * What keys do to the line being typed, without a terminal: the editor, with completion, the question before several pasted lines are said, and the
 * second thought before leaving.
 */
import { type Completion, complete, type Known } from './completing.ts';
import { EDITS, type Editor, EMPTY, insert, replace, submit } from './editor.ts';
import type { Action } from './keys.ts';

export interface Prompt {
  readonly editor: Editor;
  /** Tab was pressed: which choice it has put in, and what stood there before. */
  readonly completing?:
    | { readonly from: Editor; readonly completion: Completion; readonly at: number }
    | undefined;
  /** Pasted lines, about which a question is asked. */
  readonly pasted?: readonly string[] | undefined;
  /** Ctrl-C was pressed: once more leaves. */
  readonly leaving?: boolean | undefined;
}

export type Outcome =
  | { readonly type: 'said'; readonly line: string }
  /** As one text. */
  | { readonly type: 'saidTogether'; readonly lines: readonly string[] }
  | { readonly type: 'quit' | 'redraw' | 'suspend' };

export interface Next {
  readonly prompt: Prompt;
  readonly outcome?: Outcome;
}

export const BEGINNING: Prompt = { editor: EMPTY };

/** What comes of an action. */
export function act(prompt: Prompt, action: Action, known: Known): Next {
  if (prompt.pasted) return answer(prompt.editor, prompt.pasted, action);
  const { editor } = prompt;
  switch (action.do) {
    case 'edit':
      return edited(EDITS[action.edit](editor));
    case 'insert':
      return edited(insert(editor, action.text));
    case 'paste':
      return paste(editor, action.text);
    case 'complete':
      return { prompt: completed(prompt, action.step, known) };
    case 'submit':
      return { ...edited(submit(editor)), outcome: { type: 'said', line: editor.text } };
    case 'interrupt':
      // What was typed is not lost: Up brings it back.
      if (editor.text !== '') return edited(submit(editor));
      return prompt.leaving ? { prompt, outcome: { type: 'quit' } } : { prompt: { editor, leaving: true } };
    case 'deleteOrQuit':
      if (editor.text !== '') return edited(EDITS.deleteRight(editor));
      return { prompt, outcome: { type: 'quit' } };
    case 'cancel':
      return edited(prompt.completing?.from ?? editor);
    case 'redraw':
    case 'suspend':
      return { prompt, outcome: { type: action.do } };
    default:
      return action satisfies never;
  }
}

/** What there is to ask or to say about it, in place of the status. */
export function question({ pasted, leaving }: Prompt): string | undefined {
  if (pasted)
    return `${pasted.length} lines pasted: Enter says them · J joins them to one line · Esc drops them`;
  return leaving ? 'Ctrl-C once more leaves' : undefined;
}

function edited(editor: Editor): Next {
  return { prompt: { editor } };
}

function paste(editor: Editor, text: string): Next {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length <= 1) return edited(insert(editor, lines[0] ?? ''));
  return { prompt: { editor, pasted: lines } };
}

/** Nothing but an answer is heard while a question is asked. */
function answer(editor: Editor, pasted: readonly string[], action: Action): Next {
  const key = action.do === 'insert' ? action.text.toLowerCase() : action.do;
  switch (key) {
    case 'submit':
    case 'y': {
      const [first = '', ...rest] = pasted;
      // What had been typed is said with it, as if it had been pasted there.
      const whole = insert(editor, [first, ...rest].join(' ')).text;
      const lines = [editor.text.slice(0, editor.cursor) + first, ...rest];
      const last = lines.length - 1;
      const ended = lines.with(last, (lines[last] ?? '') + editor.text.slice(editor.cursor));
      return {
        ...edited(submit({ ...editor, text: whole })),
        outcome: { type: 'saidTogether', lines: ended },
      };
    }
    case 'j':
      return edited(insert(editor, pasted.join(' ')));
    case 'cancel':
    case 'interrupt':
    case 'n':
      return edited(editor);
    default:
      return { prompt: { editor, pasted } };
  }
}

function completed(prompt: Prompt, step: 1 | -1, known: Known): Prompt {
  const { editor, completing } = prompt;
  const from = completing?.from ?? editor;
  const completion = completing?.completion ?? complete(editor.text.slice(0, editor.cursor), known);
  if (!completion) return { editor };
  const { start, choices } = completion;
  const first = step > 0 ? 0 : choices.length - 1;
  const at = completing ? (completing.at + step + choices.length) % choices.length : first;
  return { editor: replace(from, start, choices[at] ?? ''), completing: { from, completion, at } };
}
