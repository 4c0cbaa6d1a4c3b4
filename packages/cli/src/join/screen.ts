/**
 * From what is to be seen to the bytes that a terminal gets. What was said goes into the terminal's own scroll-back, a line each, and is never touched
 * again: the terminal wraps it, searches it and selects in it. Below it stands a block of a few rows (where one is, the line being typed), which is
 * wiped before anything is printed and drawn anew after it.
 */
import { clusterEnd } from '../terminal/clusters.ts';
import type { Layout, Row } from './layout.ts';

export interface Block {
  /** Above the line being typed; already painted. */
  readonly bar: Row;
  readonly line: Layout;
}

export interface Glass {
  readonly columns: number;
  /** It breaks anew what no longer fits where it is made narrower; else it cuts it off. */
  readonly wrapsAnew: boolean;
}

/** A block as it was drawn, with as many columns. */
export interface Drawn {
  readonly block: Block;
  readonly columns: number;
}

const ESC = '\x1b';
const WIPE_BELOW = `${ESC}[J`;
/** While these are set a row that is wider than we think is cut off, and does not push the others down. */
const [NO_WRAP, WRAP] = [`${ESC}[?7l`, `${ESC}[?7h`];
/** Between these a terminal that knows them shows nothing: no flicker. The others take no notice. */
const [BEGIN, END] = [`${ESC}[?2026h`, `${ESC}[?2026l`];

/** The bytes that put `lines` (painted, without their ends) above the block and the block below them, in place of the one `drawn` before. */
export function update(
  drawn: Drawn | undefined,
  lines: readonly string[],
  block: Block,
  glass: Glass,
): string {
  const typed =
    lines.length === 0 && drawn?.columns === glass.columns ? typedOn(drawn.block, block) : undefined;
  if (typed !== undefined) return typed && `${NO_WRAP}${typed}${WRAP}`;
  const { rows, cursor } = block.line;
  const printed = lines.map((line) => `${line}\r\n`).join('');
  const all = [block.bar, ...rows].map(({ text }) => text).join('\r\n');
  const up = rows.length - 1 - cursor.row;
  // The cursor goes where the terminal itself gets to behind what is before it, however wide it holds that to be.
  const place = isAtEnd(block.line) ? '' : `${up > 0 ? `${ESC}[${up}A` : ''}\r${cursor.before.text}`;
  return `${BEGIN}${wipe(drawn, glass)}${printed}${NO_WRAP}${all}${place}${WRAP}${END}`;
}

/** The bytes that wipe what was drawn; the cursor is then where it began. */
export function wipe(drawn: Drawn | undefined, { columns, wrapsAnew }: Glass): string {
  if (!drawn) return '';
  const { bar, line } = drawn.block;
  const { row, before } = line.cursor;
  const perRow = wrapsAnew ? columns : Number.POSITIVE_INFINITY;
  const rowsOf = ({ width }: Row): number => Math.max(1, Math.ceil(width / perRow));
  const whole = [bar, ...line.rows.slice(0, row)].reduce((sum, one) => sum + rowsOf(one), 0);
  return `${ESC}[${whole + Math.floor(before.width / perRow)}A\r${WIPE_BELOW}`;
}

/**
 * What has been typed at the end since, if that is all: it is written as it was typed, which is what slow lines and screen readers do best with.
 * `undefined`: there is more to it.
 */
function typedOn(drawn: Block, block: Block): string | undefined {
  const [old, now] = [drawn, block].map(({ line }) => line.rows.at(-1)?.text ?? '');
  if (old === undefined || now === undefined || !isAtEnd(drawn.line) || !isAtEnd(block.line))
    return undefined;
  // A row that has only become another cluster (a family that grows) is drawn anew.
  if (!now.startsWith(old) || clusterEnd(now, old.length) !== old.length) return undefined;
  const others = ({ bar, line }: Block): string =>
    [bar, ...line.rows.slice(0, -1)].map(({ text }) => text).join('\n');
  return others(drawn) === others(block) ? now.slice(old.length) : undefined;
}

function isAtEnd({ rows, cursor }: Layout): boolean {
  return cursor.row === rows.length - 1 && cursor.before.text === rows.at(-1)?.text;
}
