/** A load process: does the one job given as its argument (JSON), and sends what came of it to its parent. */
import { CONTENDERS } from '../contenders/all.ts';
import { SCENARIOS } from '../scenarios/all.ts';
import type { Figures, Job, Sample } from '../scenarios/scenario.ts';

/** What a load process sends to its parent. */
export type Outcome =
  | { readonly figures: Figures; readonly samples: readonly Sample[] }
  | { readonly fault: string };

async function outcomeOf(job: Job): Promise<Outcome> {
  const contender = CONTENDERS.find(({ name }) => name === job.contender);
  const scenario = SCENARIOS.find(({ name }) => name === job.scenario);
  if (!contender || scenario?.type !== 'load') throw new Error(`no job: ${JSON.stringify(job)}`);
  try {
    const samples: Sample[] = [];
    const figures = await scenario.load(job, contender, (sample) => samples.push(sample));
    return { figures, samples };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
}

const job = JSON.parse(process.argv[2] ?? '') as Job;
const outcome = await outcomeOf(job);
process.send?.(outcome, () => process.exit());
