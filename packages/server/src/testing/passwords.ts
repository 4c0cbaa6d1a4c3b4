import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A password file for one test, which nobody else may read. */
export interface Written {
  readonly file: string;
  /** Writes it anew, until that has been seen: whoever watches a file knows it only from the first look on, which says nothing of itself. */
  write(content: string | Uint8Array, seen: Promise<void>): Promise<void>;
}

export function passwordFile(t: TestContext, content: string | Uint8Array): Written {
  const directory = mkdtempSync(join(tmpdir(), 'palabre-password-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const file = join(directory, 'password');
  let seconds = 1_700_000_000;
  const put = (content: string | Uint8Array): void => {
    writeFileSync(file, content, { mode: 0o600 });
    // Written twice within a tick of the file system's clock it would look the same.
    utimesSync(file, ++seconds, seconds);
  };
  put(content);
  return {
    file,
    async write(content, seen) {
      put(content);
      const again = setInterval(put, 50, content);
      await seen.finally(() => clearInterval(again));
    },
  };
}
