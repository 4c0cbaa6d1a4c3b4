/** Password files for servers, gone when the run is over. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

const folder = mkdtempSync(join(tmpdir(), 'palabre-passwords-'));
after(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

/** The flags with which a server asks for this password. */
export function asksFor(password: string): string[] {
  const file = join(folder, String(files++));
  writeFileSync(file, password, { mode: 0o600 });
  return ['--password-file', file];
}
