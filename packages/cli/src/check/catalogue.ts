import type { Check } from './check.ts';
import { entering } from './rules-1-entering.ts';
import { framing } from './rules-1-framing.ts';
import { leaving } from './rules-1-leaving.ts';
import { talking } from './rules-1-talking.ts';
import { names } from './rules-2-names.ts';
import { order } from './rules-2-order.ts';
import { text } from './rules-2-text.ts';
import { words } from './rules-2-words.ts';
import { devices } from './rules-3-devices.ts';
import { form } from './rules-3-form.ts';
import { history } from './rules-3-history.ts';
import { keys } from './rules-3-keys.ts';
import { receipts } from './rules-3-receipts.ts';
import { rooms } from './rules-3-rooms.ts';
import { why } from './rules-3-why.ts';

/** Every check, by the number of its rule; checks of one rule in the order in which their file has them. */
export const catalogue: readonly Check[] = [
  [framing, entering, talking, leaving],
  [words, names, text, order],
  [form, receipts, why, devices, rooms, history, keys],
]
  .flat(2)
  .sort((one, other) => ordinal(one.rule) - ordinal(other.rule));

/** 1.2 before 1.10 before 2.1. */
function ordinal(rule: string): number {
  const [section, number] = rule.split('.');
  return Number(section) * 1_000 + Number(number);
}
