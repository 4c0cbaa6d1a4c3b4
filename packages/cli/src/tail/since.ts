import { InvalidArgumentError } from 'commander';

/** Where to begin in what was said: after an id, or at a time (ms since 1970). */
export type Since = { readonly after: number } | { readonly at: number };

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads `10m` (ago), `2026-11-22`, `2026-11-22T18:30`, an id. Dates without a zone are local; `now` is in ms. Throws what commander shows. */
export function toSince(text: string, now: number): Since {
  if (/^\d{1,15}$/.test(text)) return { after: Number(text) };
  const [, count, unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (ms >= 0) return { at: now - ms };
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00`) : Date.parse(text);
  if (/^\d{4}-/.test(text) && Number.isFinite(at)) return { at };
  throw new InvalidArgumentError('Say 10m, 2h or 7d ago; 2026-11-22 or 2026-11-22T18:30; or an id (0: all).');
}
