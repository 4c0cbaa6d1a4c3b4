/** Says on standard error, in one line, what is wrong. Gives the exit status back. */
export function complain<T extends number>(sentence: string, status: T): T {
  process.stderr.write(`palabre: ${sentence}\n`);
  return status;
}

/** What becomes of the line is told where a person looks on; in a log it would be noise. */
export function remark(sentence: string): void {
  if (process.stderr.isTTY) process.stderr.write(`palabre: ${sentence}\n`);
}
