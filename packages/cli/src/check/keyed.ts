import { tagValue } from './tags.ts';

/** Lines as they are said to a server that asks for a key (3.13): each `IAM` with it. Reports show them without. */
export function keyed(lines: string, key: string | undefined): string {
  if (key === undefined) return lines;
  const tag = `key=${tagValue(key)}`;
  // What stands in the place of tags stays what it was, be it none.
  return lines.replace(/^(?:@([^ \n]*) )?(?=iam )/gim, (_, tags?: string) =>
    tags === undefined ? `@${tag} ` : `@${tags};${tag} `,
  );
}
