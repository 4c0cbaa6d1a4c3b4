/** Which key does what. What a key is, is for Node.js to find out (`readline.emitKeypressEvents`). */
import type { Key } from 'node:readline';
import type { Edit } from './editor.ts';

export type Action =
  | { readonly do: 'edit'; readonly edit: Edit }
  | { readonly do: 'insert'; readonly text: string }
  | { readonly do: 'complete'; readonly step: 1 | -1 }
  /** Several lines, put in at once. */
  | { readonly do: 'paste'; readonly text: string }
  | { readonly do: 'submit' | 'interrupt' | 'deleteOrQuit' | 'cancel' | 'redraw' | 'suspend' };

const EDITS: Readonly<Record<string, Edit>> = {
  'C-a': 'home',
  home: 'home',
  'C-e': 'end',
  end: 'end',
  'C-b': 'left',
  left: 'left',
  'C-f': 'right',
  right: 'right',
  'M-b': 'wordLeft',
  'C-left': 'wordLeft',
  'M-left': 'wordLeft',
  'M-f': 'wordRight',
  'C-right': 'wordRight',
  'M-right': 'wordRight',
  backspace: 'deleteLeft',
  delete: 'deleteRight',
  'M-backspace': 'cutWordLeft',
  'M-d': 'cutWordRight',
  'C-w': 'cutToSpace',
  'C-u': 'cutLeft',
  'C-k': 'cutRight',
  'C-y': 'yank',
  'C-t': 'transpose',
  'C-p': 'earlier',
  up: 'earlier',
  'C-n': 'later',
  down: 'later',
};

const OTHERS: Readonly<Record<string, Action>> = {
  return: { do: 'submit' },
  enter: { do: 'submit' },
  tab: { do: 'complete', step: 1 },
  'S-tab': { do: 'complete', step: -1 },
  'C-c': { do: 'interrupt' },
  'C-d': { do: 'deleteOrQuit' },
  'C-g': { do: 'cancel' },
  escape: { do: 'cancel' },
  'M-escape': { do: 'cancel' },
  'C-l': { do: 'redraw' },
  'C-z': { do: 'suspend' },
};

/** Turns keys into what they do; what is pasted, which terminals mark, into one. */
export class Keys {
  #pasted: string | undefined;

  /** `text`: what the key stands for, if anything. */
  read(text: string | undefined, key: Key): Action | undefined {
    if (key.name === 'paste-start') {
      this.#pasted = '';
      return undefined;
    }
    if (this.#pasted !== undefined) {
      const pasted = this.#pasted;
      this.#pasted = key.name === 'paste-end' ? undefined : pasted + (text ?? '');
      return key.name === 'paste-end' ? { do: 'paste', text: pasted.replace(/\r\n?/g, '\n') } : undefined;
    }
    const chord = chordOf(key);
    const edit = EDITS[chord];
    if (edit) return { do: 'edit', edit };
    if (OTHERS[chord]) return OTHERS[chord];
    const typed = text !== undefined && !key.ctrl && !key.meta && !/\p{Cc}/u.test(text);
    return typed ? { do: 'insert', text } : undefined;
  }
}

/** As Emacs writes it: `C-a`, `M-b`, `S-tab`. */
function chordOf({ name = '', ctrl, meta, shift }: Key): string {
  const shifted = shift && name.length > 1;
  return `${ctrl ? 'C-' : ''}${meta ? 'M-' : ''}${shifted ? 'S-' : ''}${name}`;
}
