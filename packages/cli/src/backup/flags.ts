/** The flags that backup, restore and export share. */
import { InvalidArgumentError, Option } from 'commander';

export function dataFlag(): Option {
  return new Option('--data <DIR>', 'where the server keeps what is said')
    .env('PALABRE_DATA')
    .default('./palabre-data')
    .argParser(toDirectory);
}

export function forceFlag(what: string): Option {
  return new Option('--force', what).env('PALABRE_FORCE');
}

export function progressFlag(): Option {
  return new Option('--progress', 'say on standard error how far it is (default: on a terminal)').env(
    'PALABRE_PROGRESS',
  );
}

function toDirectory(text: string): string {
  if (text === 'none')
    throw new InvalidArgumentError('A server with --data none keeps nothing: say a directory.');
  return text;
}
