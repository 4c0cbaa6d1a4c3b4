import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads `90d`, `12h`, `30m`, `45s`: in ms. Throws, with what to say instead, what commander shows. */
export function toMilliseconds(text: string): number {
  const [, number, unit = ''] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const ms = Number(number) * (UNITS[unit] ?? Number.NaN);
  if (!(ms > 0)) throw new InvalidArgumentError('Say a time such as 90d, 12h, 30m or 45s.');
  return ms;
}

/** How long that is to a person, in its two largest units: `45s`, `3h 20m`, `12d`. */
export function formatDuration(ms: number): string {
  const largest = Object.entries(UNITS).reverse();
  const parts: string[] = [];
  let rest = ms;
  for (const [unit, size] of largest) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
    else if (parts.length > 0) break;
    if (parts.length === 2) break;
  }
  return parts.join(' ') || '0s';
}
