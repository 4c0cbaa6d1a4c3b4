/**
 * A process that keeps messages until it is killed, for tests: `node speaker.ts DIRECTORY BATCH`. Says on standard output, a
 * line each, the last id of every batch that is kept (`kept 12`) and of every one that is not (`lost 15`); BATCH is how many
 * are in one.
 */
import { kept, said } from './samples.ts';
import { openJournal } from './sqlite.ts';

const [directory = '', size = '1'] = process.argv.slice(2);
const { journal, restored } = await openJournal(directory);
let id = restored.lastId;
for (;;) {
  const batch = Array.from({ length: Number(size) }, () =>
    said(++id, { text: `some words of ${id}`, ref: `r${id}` }),
  );
  try {
    await kept(journal, batch);
    console.log(`kept ${id}`);
  } catch {
    console.log(`lost ${id}`);
  }
}
