import type { Command } from 'commander';
import type { Address } from '../address.ts';

/** The ways in, each an address or off. */
export interface Ways {
  readonly tcp: Address | 'off';
  readonly tls: Address | 'off';
  readonly http: Address | 'off';
}

/** With `--public`: every address, wherever neither a flag nor a variable says another. `command`: `palabre serve`, as it was parsed. */
export function whereToListen(
  command: Command,
  { tcp, tls, http, public: asked }: Ways & { public?: true },
): Ways {
  if (!asked) return { tcp, tls, http };
  const open = (flag: keyof Ways, address: Address | 'off'): Address | 'off' => {
    const said = address === 'off' || command.getOptionValueSource(flag) !== 'default';
    return said ? address : { host: '0.0.0.0', port: address.port };
  };
  return { tcp: open('tcp', tcp), tls: open('tls', tls), http: open('http', http) };
}
