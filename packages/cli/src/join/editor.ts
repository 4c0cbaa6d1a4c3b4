/**
 * The line being typed, without a terminal: each edit takes an editor and gives the next one.
 *
 * The cursor is an index in UTF-16 units. After a movement or a deletion it stands between two clusters. After an insertion it stands right behind what
 * was inserted, even where that has joined what follows to one cluster: the next character typed belongs there.
 */
import { clusterAfter, clusterBefore, clusterEnd } from '../terminal/clusters.ts';

export interface Editor {
  readonly text: string;
  readonly cursor: number;
  /** What was cut last, for `yank`. */
  readonly cut: string;
  /** The edit before this one has cut: one more adds to it. */
  readonly cutting: boolean;
  /** What was typed before, oldest first. */
  readonly typed: readonly string[];
  /** Which of these is shown; `typed.length`: the line itself. */
  readonly at: number;
  /** The line itself, while another is shown. */
  readonly draft: string;
}

export const EMPTY: Editor = { text: '', cursor: 0, cut: '', cutting: false, typed: [], at: 0, draft: '' };

const MOST_TYPED = 1000;

const words = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Puts text where the cursor is. Control characters, which nobody types, are left out. */
export function insert(editor: Editor, text: string): Editor {
  const clean = text.replace(/[^\P{Cc}\t]|[\u2028\u2029]/gu, '');
  const { text: before, cursor } = editor;
  return moved(
    { ...editor, text: before.slice(0, cursor) + clean + before.slice(cursor) },
    cursor + clean.length,
  );
}

/** Puts `text` in place of what stands from `start` to the cursor. */
export function replace(editor: Editor, start: number, text: string): Editor {
  return insert(without(editor, start, editor.cursor), text);
}

/** The line has been said: it goes to those typed before. */
export function submit(editor: Editor): Editor {
  const { text, typed } = editor;
  const kept = text === '' || text === typed.at(-1) ? typed : [...typed, text].slice(-MOST_TYPED);
  return { ...editor, text: '', cursor: 0, cutting: false, typed: kept, at: kept.length, draft: '' };
}

/** The edits that keys stand for. */
export const EDITS = {
  left: (editor) => moved(editor, clusterBefore(editor.text, editor.cursor)),
  right: (editor) => moved(editor, clusterAfter(editor.text, editor.cursor)),
  wordLeft: (editor) => moved(editor, wordBefore(editor)),
  wordRight: (editor) => moved(editor, wordAfter(editor)),
  home: (editor) => moved(editor, 0),
  end: (editor) => moved(editor, editor.text.length),
  deleteLeft: (editor) => without(editor, clusterBefore(editor.text, editor.cursor), editor.cursor),
  deleteRight: (editor) => without(editor, editor.cursor, clusterAfter(editor.text, editor.cursor)),
  cutLeft: (editor) => cut(editor, 0, editor.cursor),
  cutRight: (editor) => cut(editor, editor.cursor, editor.text.length),
  cutWordLeft: (editor) => cut(editor, wordBefore(editor), editor.cursor),
  cutWordRight: (editor) => cut(editor, editor.cursor, wordAfter(editor)),
  cutToSpace: (editor) => cut(editor, spaceBefore(editor), editor.cursor),
  yank: (editor) => insert(editor, editor.cut),
  transpose,
  earlier: (editor) => show(editor, editor.at - 1),
  later: (editor) => show(editor, editor.at + 1),
} satisfies Readonly<Record<string, (editor: Editor) => Editor>>;

export type Edit = keyof typeof EDITS;

function moved(editor: Editor, cursor: number): Editor {
  return { ...editor, cursor, cutting: false };
}

/** What is left may join to one cluster around the cursor: then it goes behind that. */
function without(editor: Editor, from: number, to: number): Editor {
  const text = editor.text.slice(0, from) + editor.text.slice(to);
  return moved({ ...editor, text }, clusterEnd(text, from));
}

function cut(editor: Editor, from: number, to: number): Editor {
  const gone = editor.text.slice(from, to);
  if (gone === '') return editor;
  const kept = editor.cutting ? editor.cut : '';
  const all = from < editor.cursor ? gone + kept : kept + gone;
  return { ...without(editor, from, to), cut: all, cutting: true };
}

function wordBefore({ text, cursor }: Editor): number {
  let found = 0;
  for (const { index, isWordLike } of words.segment(text)) {
    if (index >= cursor) break;
    if (isWordLike) found = index;
  }
  return clusterBefore(text, found + 1);
}

function wordAfter({ text, cursor }: Editor): number {
  for (const { index, segment, isWordLike } of words.segment(text)) {
    const end = index + segment.length;
    if (isWordLike && end > cursor) return clusterEnd(text, end);
  }
  return text.length;
}

function spaceBefore({ text, cursor }: Editor): number {
  const found = text.slice(0, cursor).search(/\S+\s*$/);
  return found < 0 ? 0 : found;
}

/** The two clusters around the cursor change places; at the end the last two. */
function transpose(editor: Editor): Editor {
  const { text } = editor;
  const cursor = editor.cursor === text.length ? clusterBefore(text, text.length) : editor.cursor;
  const left = clusterBefore(text, cursor);
  const right = clusterAfter(text, cursor);
  if (left === cursor || cursor === right) return editor;
  const swapped = text.slice(cursor, right) + text.slice(left, cursor);
  const whole = text.slice(0, left) + swapped + text.slice(right);
  return moved({ ...editor, text: whole }, clusterEnd(whole, right));
}

function show(editor: Editor, at: number): Editor {
  const { typed } = editor;
  if (at < 0 || at > typed.length) return editor;
  const draft = editor.at === typed.length ? editor.text : editor.draft;
  const text = typed[at] ?? draft;
  return { ...moved(editor, text.length), text, at, draft };
}
