/** What `palabre admin` and `palabre invite` share. */
import { Option } from 'commander';

export interface OperatorFlags {
  readonly data: string;
  readonly json?: true;
}

export function dataFlag(): Option {
  return new Option('--data <DIR>', 'the data directory of the running server')
    .env('PALABRE_DATA')
    .default('./palabre-data');
}

export function jsonFlag(): Option {
  return new Option('--json', 'print the answer as one JSON object, for programs').env('PALABRE_JSON');
}
