/** `1 message`, `1,200,000 messages`. */
export function amount(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

const UNITS = ['bytes', 'KB', 'MB', 'GB', 'TB'];

/** `812 bytes`, `49.2 KB`, `1.3 GB`: in powers of 1,000. */
export function size(bytes: number): string {
  const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(bytes) / 3)));
  const number = bytes / 1000 ** power;
  return `${number.toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`;
}
