import type { Contender, Server } from '../contenders/contender.ts';
import { type Temporary, temporaryFolder } from '../contenders/launch.ts';
import { enterExtended } from '../load/extended.ts';
import { Receipts } from '../load/receipts.ts';
import { untilFault } from '../load/until-fault.ts';
import { texts } from '../load/words.ts';
import type { Settings } from '../settings.ts';

/** Members who fill a journal: few, since each hears all that the others say. */
const SPEAKERS = 16;

/** By contender: a directory with a full journal, which all turns of this run share. */
const filled = new Map<string, Temporary>();

/** A server whose journal has `--messages` in it, said in the lobby by members who have left since. */
export async function startFilled(contender: Contender, settings: Settings): Promise<Server> {
  return contender.start(await filledDirectory(contender, settings));
}

/** The directory of such a server. */
export async function filledDirectory(contender: Contender, settings: Settings): Promise<string> {
  const known = filled.get(contender.name);
  if (known) return known.path;
  const folder = temporaryFolder();
  try {
    const server = await contender.start(folder.path);
    try {
      await fill(server.port, settings);
      await server.end();
    } finally {
      await server.stop();
    }
  } catch (error) {
    folder.remove();
    throw error;
  }
  filled.set(contender.name, folder);
  return folder.path;
}

async function fill(port: number, { messages, outstanding }: Settings): Promise<void> {
  const crowd = await enterExtended(port, SPEAKERS);
  const lines = crowd.members.map(({ index }) => wordyLines(index));
  const receipts = new Receipts(crowd, { lines, text: null, heard: true });
  const each = Math.ceil(messages / SPEAKERS);
  await untilFault(crowd, async () => {
    await receipts.sayAll(outstanding, each);
    await receipts.tail();
    await crowd.leave('BYE\n');
  });
}

/** Lines that say texts of words, each marked with its number. */
export function wordyLines(speaker: number) {
  const next = texts(speaker);
  return {
    write(from: number, count: number): Buffer {
      let lines = '';
      for (let i = from; i < from + count; i++) lines += `@ref=${i} MSG ${next()}\n`;
      return Buffer.from(lines, 'latin1');
    },
  };
}
