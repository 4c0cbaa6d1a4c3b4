/** The key of a server that asks for one (3.13). Never a flag's value: whoever is on the machine sees command lines (`ps`). */
import { readFileSync } from 'node:fs';
import { InvalidArgumentError, Option } from 'commander';

/** The most bytes of a key that the tags of a line have room for. */
const KEY_BYTES = 400;

/** Its value, once parsed, is the key. */
export function keyFlag(): Option {
  return new Option(
    '--key-file <FILE>',
    'a file whose first line is the key (password or invitation) of the server; or say the key itself in PALABRE_KEY',
  )
    .env('PALABRE_KEY_FILE')
    .argParser(readKey);
}

/** The key that is said: by the flag, else by the variable. */
export function keyOf(flags: { readonly keyFile?: string }): string | undefined {
  return flags.keyFile ?? (process.env.PALABRE_KEY || undefined);
}

function readKey(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
  const [line = ''] = text.replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  if (line === '') throw new InvalidArgumentError('Its first line is empty: write the key there.');
  if (Buffer.byteLength(line) > KEY_BYTES)
    throw new InvalidArgumentError('Its first line is too long for a key.');
  return line;
}
