/** A Chromium to run: the one inside the package @sparticuz/chromium. Nothing is installed by hand, nothing is downloaded. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import chromium from '@sparticuz/chromium';

const CACHE = resolve(import.meta.dirname, '../../../../node_modules/.cache');

/**
 * The path of the program, unpacked at first use. The package unpacks into the system's temporary directory, and takes a file that another process is
 * still writing for a whole one; so it is unpacked into a directory of our own, which gets its name only when it is complete.
 */
export async function chromiumPath(): Promise<string> {
  const home = join(CACHE, `palabre-chromium-${await version()}`);
  const path = join(home, 'chromium');
  if (existsSync(path)) return path;
  await mkdir(CACHE, { recursive: true });
  const draft = await mkdtemp(`${home}-`);
  const { TMPDIR } = process.env;
  process.env.TMPDIR = draft;
  try {
    await chromium.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
  await rename(draft, home).catch(async (error: unknown) => {
    await rm(draft, { recursive: true });
    // Another process was faster: its copy is as good.
    if (!existsSync(path)) throw error;
  });
  return path;
}

async function version(): Promise<string> {
  const main = fileURLToPath(import.meta.resolve('@sparticuz/chromium'));
  const { version } = JSON.parse(await readFile(join(dirname(main), '../package.json'), 'utf8'));
  return String(version);
}
