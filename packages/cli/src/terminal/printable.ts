/**
 * The edge at which what others say becomes bytes on a terminal. The client library lets no control character through already (2.7); nothing here relies
 * on it: whatever a server of whatever making sends, nothing but text leaves through these.
 */

// Everything that could drive a terminal: C0 but TAB, DEL, C1, and the separators that some take for line ends.
const CONTROLS = /[^\P{Cc}\t]|[\u2028\u2029]/gu;

/** The text with a `�` in place of each character that is not to be shown, and of each half of a surrogate pair. */
export function printable(text: string): string {
  return text.toWellFormed().replace(CONTROLS, '\ufffd');
}

// What JSON lets through and a terminal obeys, or a reader of lines takes for a line end.
const LEFT_BY_JSON = /[\u007f-\u009f\u2028\u2029]/g;

/** The value as JSON on one line, with every control character escaped: it reads back as it was. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(
    LEFT_BY_JSON,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
