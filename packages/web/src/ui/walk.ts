/**
 * The line above or below the one that has the focus; from the list itself the last or the first in sight. `undefined`: there is none, or the key was
 * meant for something inside a line.
 */
export function lineBeside(from: EventTarget | null, by: -1 | 1, list: HTMLElement): HTMLElement | undefined {
  const lines = [...list.querySelectorAll<HTMLElement>('article')];
  if (from instanceof HTMLElement && from !== list) {
    const at = lines.indexOf(from);
    return at < 0 ? undefined : lines[at + by];
  }
  const { top, bottom } = list.getBoundingClientRect();
  const inSight = lines.filter((line) => {
    const box = line.getBoundingClientRect();
    return box.bottom > top && box.top < bottom;
  });
  return inSight.at(by === 1 ? 0 : -1);
}
