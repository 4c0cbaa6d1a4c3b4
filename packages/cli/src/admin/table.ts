import stringWidth from 'string-width';
import { printable } from '../terminal/printable.ts';

/** Rows in columns, each as wide as its widest cell, two spaces apart. `right`: the columns, from 0 on, whose cells stand at their right. */
export function table(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const shown = rows.map((row) => row.map(printable));
  const widths: number[] = [];
  for (const row of shown) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, stringWidth(cell));
  }
  return shown
    .map((row) => {
      const cells = row.map((cell, i) => {
        const space = ' '.repeat((widths[i] ?? 0) - stringWidth(cell));
        return right.includes(i) ? space + cell : cell + space;
      });
      return `${cells.join('  ').trimEnd()}\n`;
    })
    .join('');
}
