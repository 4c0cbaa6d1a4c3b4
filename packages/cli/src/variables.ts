import type { Command } from 'commander';

/**
 * Forgets the variables of this command's flags without a value that say no. To commander a variable turns such a flag on by being there, whatever it
 * says; but nobody expects `PALABRE_PUBLIC=off` to open a server, or `PALABRE_FORCE=0` to overwrite a file.
 */
export function heedNo({ options }: Command): void {
  for (const option of options) {
    const { envVar } = option;
    if (option.isBoolean() && envVar !== undefined && saysNo(process.env[envVar])) delete process.env[envVar];
  }
}

function saysNo(said = ''): boolean {
  return /^(|0|off|no|false)$/i.test(said);
}
