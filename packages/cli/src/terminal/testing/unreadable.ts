/** A server of the extended form that can't always read what it keeps: then it finds nothing, and says that there is more. */
import { parseLine } from '@palabre/protocol';
import { type Scripted, scriptedServer } from './scripted.ts';

const KEPT = [1, 2, 3, 4, 5];
/** However many are asked for. */
const PAGE = 2;

/** Bo has said `line 1` to `line 5`, under these ids. `canRead`: asked each time that somebody wants what comes after an id. */
export function unreadableServer(canRead: (after: number) => boolean): Promise<Scripted> {
  return scriptedServer((line) => {
    const { tags, word, rest } = parseLine(line) ?? {};
    const ref = tags?.get('ref') ?? '';
    switch (word) {
      case 'EXT':
        return `@ref=${ref};line=4096 EXT unreadable/1\n`;
      case 'IAM':
        return `@ref=${ref};at=1;token=x ARR ${rest}\n`;
      case 'BYE':
        return `@ref=${ref};why=bye LFT ana\n`;
      case 'HST': {
        const after = tags?.get('after');
        if (after === undefined) return page(ref, KEPT.slice(-1), true);
        if (!canRead(Number(after))) return page(ref, [], true);
        const later = KEPT.filter((id) => id > Number(after));
        return page(ref, later.slice(0, PAGE), later.length > PAGE);
      }
      default:
        return '';
    }
  });
}

function page(ref: string, ids: readonly number[], more: boolean): string {
  const lines = ids.map((id) => `@ref=${ref};old;id=${id};at=1 MSG bo line ${id}\n`);
  return `${lines.join('')}@ref=${ref};count=${ids.length}${more ? ';more' : ''} HST\n`;
}
