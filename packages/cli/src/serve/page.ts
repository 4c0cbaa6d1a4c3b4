import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The directory of the page, or `undefined` if it has not been built: `npm start` builds it. */
export function builtPage(): string | undefined {
  const web = dirname(fileURLToPath(import.meta.resolve('@palabre/web/package.json')));
  const page = join(web, 'build');
  return existsSync(join(page, 'index.html')) ? page : undefined;
}
