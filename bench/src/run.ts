import { cpus, release, totalmem } from 'node:os';
import type { Contender } from './contenders/contender.ts';
import { endServersWithUs, isPinned, leaveServersTheirCore } from './contenders/launch.ts';
import type { Results, ScenarioResults } from './report/results.ts';
import type { Scenario } from './scenarios/scenario.ts';
import type { Settings } from './settings.ts';
import { type Turn, turn } from './turn.ts';

/** What a run is of. */
export interface Plan {
  readonly scenarios: readonly Scenario[];
  /** Installed ones only. */
  readonly contenders: readonly Contender[];
  readonly settings: Settings;
  readonly command: string;
}

/**
 * Runs the plan: in every round each contender has its turn, so that whatever disturbs the machine meanwhile hits
 * all alike. What a contender gets wrong is kept, and the run goes on. `tell` is told what is under way.
 */
export async function run(plan: Plan, tell: (what: string) => void): Promise<Results> {
  leaveServersTheirCore();
  endServersWithUs();
  const faults: string[] = [];
  const scenarios: ScenarioResults[] = [];
  for (const scenario of plan.scenarios) {
    const contenders = plan.contenders.filter((contender) => scenario.takes(contender));
    if (contenders.length === 0) continue;
    const turns = new Map<string, Turn[]>(contenders.map(({ name }) => [name, []]));
    const rounds = scenario.rounds ?? plan.settings.rounds;
    for (let round = 1; round <= rounds; round++) {
      for (const contender of contenders) {
        const what = `${scenario.name}, round ${round} of ${rounds}, ${contender.name}`;
        tell(what);
        try {
          turns.get(contender.name)?.push(await turn(scenario, contender, plan.settings));
        } catch (error) {
          faults.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
    scenarios.push({
      name: scenario.name,
      title: scenario.title(plan.settings),
      method: scenario.method(plan.settings),
      measures: scenario.measures,
      turns: byContender(turns, ({ figures }) => figures),
      ...(scenario.plots && { plots: scenario.plots, samples: byContender(turns, ({ samples }) => samples) }),
    });
  }
  return {
    date: new Date().toISOString(),
    command: plan.command,
    machine: {
      cpu: cpus()[0]?.model ?? 'unknown',
      cores: cpus().length,
      memory: totalmem(),
      kernel: release(),
      node: process.versions.node,
      pinned: isPinned(),
    },
    settings: plan.settings,
    contenders: plan.contenders.map((contender) => ({
      name: contender.name,
      version: contender.version() ?? '',
      note: contender.note,
    })),
    scenarios,
    faults,
  };
}

function byContender<T>(
  turns: ReadonlyMap<string, readonly Turn[]>,
  of: (turn: Turn) => T,
): Record<string, T[]> {
  return Object.fromEntries([...turns].map(([contender, all]) => [contender, all.map(of)]));
}
