import { spawn } from 'node:child_process';
import { fstatSync } from 'node:fs';

/**
 * Calls once when nobody reads standard output any more, where that is a pipe. Returns what stops the watch.
 *
 * Whoever writes learns it only from the next write, and the next line may come tomorrow: `palabre tail | head -1` would hang. The system would tell whoever
 * polls the pipe, which Node.js can't; `tail` of the GNU coreutils does, and dies of it. Where there is no such `tail` the next line has to do.
 */
export function onReaderGone(then: () => void): () => void {
  if (process.platform !== 'linux' || !fstatSync(1).isFIFO()) return () => {};
  // It ends with us too, however we end.
  const watch = spawn('tail', ['-f', '-s', '1', `--pid=${process.pid}`, '/dev/null'], {
    stdio: ['ignore', 'inherit', 'ignore'],
  });
  watch.on('error', () => {});
  watch.on('exit', (_, signal) => {
    if (signal === 'SIGPIPE') then();
  });
  return () => watch.kill();
}
