/** Scrolling the talk as a reader does, with the wheel, and measuring what becomes of the lines meanwhile. */
import assert from 'node:assert/strict';
import type { Person } from './person.ts';

/** A line in sight: its text, and how far its upper edge is below that of the log, in px. */
export interface Sighted {
  readonly text: string;
  readonly top: number;
}

/** Frames in a row in which nothing may move: a quarter of a second. */
const STILL_FRAMES = 15;
const MOST_FRAMES = 1000;

/** Waits until nothing in the log moves any more, and nothing is being fetched. */
export async function stillness({ page }: Person): Promise<void> {
  const still = await page.evaluate(
    async ([enough, most]) => {
      const look = (): string => {
        const log = document.querySelector('[role=log]');
        const tops = [...(log?.querySelectorAll('article') ?? [])].map(
          (line) => line.getBoundingClientRect().top,
        );
        return [log?.scrollTop, ...tops].join();
      };
      let seen = look();
      for (let frames = 0, still = 0; frames < most && still < enough; frames++) {
        await new Promise(requestAnimationFrame);
        const now = look();
        still = now === seen && !document.querySelector('.timeline .loading') ? still + 1 : 0;
        if (still === enough) return true;
        seen = now;
      }
      return false;
    },
    [STILL_FRAMES, MOST_FRAMES] as const,
  );
  assert.ok(still, 'the talk does not come to rest');
}

/** The lines that are wholly in sight, from the top. */
export async function inSight({ log }: Person): Promise<Sighted[]> {
  return await log.evaluate((list) => {
    const { top, bottom } = list.getBoundingClientRect();
    return [...list.querySelectorAll('article')].flatMap((line) => {
      const box = line.getBoundingClientRect();
      if (box.top < top || box.bottom > bottom) return [];
      return { text: line.querySelector('.text')?.textContent ?? '', top: box.top - top };
    });
  });
}

/** How far below the upper edge of the log a line is, in px; `undefined`: it is not in the document. */
export async function topOf(person: Person, text: string): Promise<number | undefined> {
  return await person.log.evaluate((list, wanted) => {
    const line = [...list.querySelectorAll('article')].find(
      (one) => one.querySelector('.text')?.textContent === wanted,
    );
    return line && line.getBoundingClientRect().top - list.getBoundingClientRect().top;
  }, text);
}

/** Turns the wheel over the log: upwards with less than 0. */
export async function wheel(person: Person, px: number): Promise<void> {
  await person.log.hover();
  await person.page.mouse.wheel(0, px);
  await stillness(person);
}
