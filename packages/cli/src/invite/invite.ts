import { run } from '../admin/run.ts';
import { time } from '../admin/show.ts';
import { remark } from '../terminal/complain.ts';
import type { InviteFlags } from './command.ts';

/** Where the page is unless somebody says otherwise: the default of `palabre serve`. */
const DEFAULT_URL = 'http://127.0.0.1:7071';

/** Makes an invitation, or withdraws one; prints it, and sets the exit status. */
export async function invite(flags: InviteFlags): Promise<void> {
  if (flags.withdraw !== undefined) {
    const invitation = flags.withdraw.replace(/^.*[#&]invite=/s, '').trim();
    await run(flags, { command: 'withdraw', invitation }, () => 'It lets nobody in any more.\n');
    return;
  }
  const request = { command: 'invite', forMs: flags.for, room: flags.room } as const;
  await run(flags, request, ({ invitation, until, url, asksForKey }) => {
    if (!asksForKey)
      note('this server asks nobody for a key: whoever reaches it comes in without the link too');
    if (flags.url === undefined)
      remark('the link holds on this machine; --url URL says where others find the page');
    remark(`it ends at ${time(until)}`);
    return `${flags.url ?? url ?? DEFAULT_URL}/#invite=${invitation}\n`;
  });
}

function note(sentence: string): void {
  process.stderr.write(`palabre: ${sentence}\n`);
}
