/** Pictures of the page, for people to look at: into the directory PALABRE_SHOTS, if that is set. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';

export async function snapshot(page: Page, name: string): Promise<void> {
  const directory = process.env.PALABRE_SHOTS;
  if (directory) await page.screenshot({ path: join(directory, `${name.replace(/[^\w-]+/g, '-')}.png`) });
}
