/**
 * A logger: writes what is said to a file, a JSON line each.   node packages/client/examples/logger.ts localhost:7070 FILE [NAME]
 *
 * It keeps its session beside the file, and after a restart goes on where it stopped: what was said meanwhile is in the file too.
 */
import { appendFile, readFile, rename, writeFile } from 'node:fs/promises';
import { connect, type Session } from '@palabre/client';

const [address = 'localhost:7070', file = 'chat.jsonl', name = 'logger'] = process.argv.slice(2);
const sessionFile = `${file}.session`;

const session = await lastSession();
const chat = await connect(address, session ? { session } : { name });
console.log(`${chat.name} writes to ${file}`);
// Without BYE: the server waits for us for a minute.
process.once('SIGINT', () => chat.detach());
process.once('SIGTERM', () => chat.detach());

for await (const event of chat) {
  if (event.type === 'line' || event.type === 'refused') continue;
  await appendFile(file, `${JSON.stringify(event)}\n`);
  if (event.type === 'message') await keepSession();
}

async function lastSession(): Promise<Session | undefined> {
  try {
    return JSON.parse(await readFile(sessionFile, 'utf8'));
  } catch {
    return undefined;
  }
}

async function keepSession(): Promise<void> {
  if (!chat.session) return;
  // Whoever has it is the logger: nobody else may read it.
  await writeFile(`${sessionFile}.new`, JSON.stringify(chat.session), { mode: 0o600 });
  await rename(`${sessionFile}.new`, sessionFile);
}
