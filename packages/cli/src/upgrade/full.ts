/** Upgrade in place at full size: `node packages/cli/src/upgrade/full.ts [MEMBERS] [UPGRADES]`. Prints how long each was felt; fails if anything is lost or doubled. */
import { upgrade } from './run.ts';

const RATE = 200;
/** By the client library, beside them. */
const CLIENTS = 20;

const [, , members = '500', upgrades = '3'] = process.argv;
const { connections, messages, gaps } = await upgrade({
  members: Number(members),
  clients: CLIENTS,
  rate: RATE,
  upgrades: Number(upgrades),
});
process.stdout.write(
  `${members} members on ${connections} connections, ${messages} messages: 0 lost, 0 doubled, nobody saw an ARR or LFT\n`,
);
gaps.forEach(({ ended, listens, receipt, lastBack }, i) => {
  process.stdout.write(
    `upgrade ${i + 1}, ms from SIGTERM: ended ${ended}, listens again ${listens}, first receipt ${receipt}, last member back ${lastBack}\n`,
  );
});
