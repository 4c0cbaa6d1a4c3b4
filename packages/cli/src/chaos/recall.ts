/** Reads all of a member's history from a server, page by page (3.9). */
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { parseLine } from '@palabre/protocol';

const PAGE = 500;

/** `scopes`: the tags of each `HST`, as `room=oak`. Each line is `id MSG name text`; all of them in the order of their ids. */
export async function recall(port: number, token: string, scopes: readonly string[]): Promise<string[]> {
  const socket = connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  const lines = createInterface(socket)[Symbol.asyncIterator]();
  socket.write(`EXT\n@token=${token} IAM any\n`);
  const found: { id: number; line: string }[] = [];
  for (const scope of scopes) {
    for (let after: number | undefined = 0; after !== undefined; ) {
      socket.write(`@ref=h;${scope};limit=${PAGE};after=${after} HST\n`);
      after = await page(lines, found);
    }
  }
  socket.destroy();
  return found.sort((a, b) => a.id - b.id).map(({ id, line }) => `${id} ${line}`);
}

// The id to go on from, if there is more.
async function page(
  lines: AsyncIterator<string>,
  found: { id: number; line: string }[],
): Promise<number | undefined> {
  for (;;) {
    const next = await lines.next();
    if (next.done) throw new Error('the connection ended before the history did');
    const line = parseLine(next.value);
    if (line?.tags?.get('ref') !== 'h') continue;
    if (line.word === 'HST') return line.tags.has('more') ? found.at(-1)?.id : undefined;
    found.push({ id: Number(line.tags.get('id')), line: `${line.word} ${line.rest}` });
  }
}
