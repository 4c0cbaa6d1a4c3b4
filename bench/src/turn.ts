import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Contender } from './contenders/contender.ts';
import type { Outcome } from './load/main.ts';
import type { Figures, Job, Sample, Scenario } from './scenarios/scenario.ts';
import type { Settings } from './settings.ts';

const loadMain = fileURLToPath(new URL('./load/main.ts', import.meta.url));

/** What came of a turn. */
export interface Turn {
  readonly figures: Figures;
  readonly samples: readonly Sample[];
}

/**
 * One contender's turn in one scenario: a fresh server, and a fresh load process, so that no turn bears on the next.
 * Throws an error that says what a member got wrong, or why there was no turn.
 */
export async function turn(scenario: Scenario, contender: Contender, settings: Settings): Promise<Turn> {
  if (scenario.type === 'whole') return { figures: await scenario.run(contender, settings), samples: [] };
  const server = await (scenario.start?.(contender, settings) ?? contender.start());
  try {
    const { pid, port, webPort, probe } = server;
    const job = { contender: contender.name, scenario: scenario.name, port, webPort, probe, pid, settings };
    const outcome = await inLoadProcess(job);
    if ('fault' in outcome) throw new Error(outcome.fault);
    return outcome;
  } finally {
    await server.stop();
  }
}

function inLoadProcess(job: Job): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [loadMain, JSON.stringify(job)], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    child.once('message', (message) => resolve(message as Outcome));
    child.once('error', reject);
    child.once('exit', (status) => reject(new Error(`the load process ended with status ${status}`)));
  });
}
