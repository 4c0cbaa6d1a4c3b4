import { nameKey } from '@palabre/protocol';

/** As many as style/names.css has. */
const HUES = 12;

/** The class of a name's colour: the same for everybody, on every device, however the name is written (2.2). */
export function hueOf(name: string): string {
  let hash = 0;
  for (const character of nameKey(name)) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) | 0;
  return `hue-${((hash % HUES) + HUES) % HUES}`;
}
