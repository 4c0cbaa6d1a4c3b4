// The double negative reads: a control character (C0, DEL, C1) other than TAB.
const FORBIDDEN = /[^\P{Cc}\t]|[\u2028\u2029]/u;

/**
 * Whether a string may be said (2.7): no control character but TAB, no U+2028 or U+2029, so that what arrives on
 * somebody's terminal can't drive it.
 */
export function isText(text: string): boolean {
  return !FORBIDDEN.test(text);
}
