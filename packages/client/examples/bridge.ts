/**
 * A bridge: what is said in the lobby of one server is said in the other's too.   node packages/client/examples/bridge.ts ONE OTHER [NAME]
 *
 * Nothing is lost or doubled while the bridge runs, whichever line breaks. (If the bridge itself dies, what it had read and not yet said is
 * lost: it keeps nothing.)
 */
import { type Chat, connect } from '@palabre/client';

const [one, other, name = 'bridge'] = process.argv.slice(2);
if (one === undefined || other === undefined) {
  console.error('say two addresses: node bridge.ts localhost:7070 example.org:7070');
  process.exit(2);
}

const [left, right] = await Promise.all([connect(one, { name }), connect(other, { name })]);
console.log(`bridging ${one} and ${other} as ${name}`);
const stop = (): unknown => Promise.all([left.close(), right.close()]);
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
await Promise.all([carry(left, right), carry(right, left)]);
await stop();

async function carry(from: Chat, to: Chat): Promise<void> {
  for await (const event of from) {
    if (event.type !== 'message' || event.own || event.private || event.room !== undefined) continue;
    try {
      // Awaited: as long as the other side keeps nothing, nothing more is taken from this one.
      await to.say(`<${event.from}> ${event.text}`);
    } catch (error) {
      console.error(`not carried over: ${error instanceof Error ? error.message : error}`);
    }
  }
}
