import { formatLine, nameKey, type Tags } from '@palabre/protocol';

/** A line that the fake server has kept. */
export interface Kept {
  readonly id: number;
  readonly at: number;
  readonly word: 'MSG' | 'PRV';
  readonly from: string;
  readonly text: string;
  readonly to?: string | undefined;
  readonly room?: string | undefined;
  readonly re?: string | undefined;
  readonly cont?: boolean | undefined;
}

/** A kept line as this member gets it (3.3). */
export function told(kept: Kept, member: string, facts: Record<string, string | undefined>): string {
  const { id, at, word, from, text, room, re, cont } = kept;
  const to = word === 'PRV' && from === member ? kept.to : undefined;
  const all = { id: `${id}`, at: `${at}`, room, to, re, cont: cont ? '' : undefined, ...facts };
  const tags = new Map<string, string>();
  for (const [key, value] of Object.entries(all)) if (value !== undefined) tags.set(key, value);
  return formatLine({ tags, word, rest: `${from} ${text}` });
}

/** What the history gives to this member (3.9). */
export function matching(
  kept: readonly Kept[],
  member: string,
  tags: Tags | undefined,
): { found: Kept[]; more: boolean } {
  const tag = (key: string): string | undefined => tags?.get(key);
  const [before, after] = [Number(tag('before') ?? Infinity), Number(tag('after') ?? 0)];
  const limit = Math.min(500, Number(tag('limit') ?? 50));
  const pair = [member, tag('with') ?? ''].map(nameKey);
  const all = kept.filter(
    (one) =>
      one.id > after &&
      one.id < before &&
      (tag('from') === undefined || one.from === tag('from')) &&
      (tag('find') === undefined || one.text.includes(tag('find') ?? '')) &&
      (tag('with') === undefined
        ? one.word === 'MSG' && one.room === tag('room')
        : one.word === 'PRV' && pair.includes(nameKey(one.from)) && pair.includes(nameKey(one.to ?? ''))),
  );
  const forward = tag('after') !== undefined && tag('before') === undefined;
  return { found: forward ? all.slice(0, limit) : all.slice(-limit), more: all.length > limit };
}
