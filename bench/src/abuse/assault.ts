import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Assault, Done, Report } from './main.ts';

const main = fileURLToPath(new URL('./main.ts', import.meta.url));

/** Abusers at work, in a process of their own. */
export interface UnderWay {
  /** Has all of them go; resolves, with what they came to, once their process has ended. */
  end(): Promise<Done>;
}

/** Resolves once all of them are connected. */
export async function assault(plan: Assault): Promise<UnderWay> {
  const child = spawn(process.execPath, [main, JSON.stringify(plan)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  await says(child, (report) => report === 'under way');
  return {
    async end() {
      const ended = once(child, 'exit');
      const counted = says(child, (report) => report !== 'under way');
      child.send('go');
      const report = await counted;
      await ended;
      if (report === 'under way') throw new Error('the abusers said nothing of what they came to');
      return report;
    },
  };
}

function says(child: ChildProcess, awaited: (report: Report) => boolean): Promise<Report> {
  return new Promise((resolve, reject) => {
    child.on('message', (message) => {
      const report = message as Report; // our own program sends nothing else
      if (awaited(report)) resolve(report);
    });
    child.once('exit', (status) => reject(new Error(`the abusers' process ended with status ${status}`)));
  });
}
