import type { RunningServer } from '@palabre/server';
import { type Address, formatAddress } from '../address.ts';

/** How the server was started, as far as those who come should know. */
export interface Circumstances {
  /** The directory, or `none`. */
  readonly data: string;
  /** There is a certificate: all but the lines over TCP are encrypted. */
  readonly encrypted: boolean;
  /** Whoever comes in has to give one. */
  readonly password: boolean;
}

type Ways = Pick<RunningServer, 'tcp' | 'tls' | 'http' | 'adminHttp'>;

/** What the server prints at the start: where it listens, what that means, and how a newcomer joins. */
export function greeting(ways: Ways, circumstances: Circumstances): string {
  const { tcp, tls, http, adminHttp } = ways;
  const { data, encrypted, password } = circumstances;
  const web = encrypted ? 'https' : 'http';
  const kept = data === 'none' ? 'Nothing is kept.' : `What is said is kept in ${data}.`;
  const listens = [
    tcp && `Palabre listens on ${formatAddress(tcp)} (tcp), for ${audience(tcp)}.\n`,
    tls && `Palabre listens on ${formatAddress(tls)} (tls), for ${audience(tls)}.\n`,
    http && `Palabre listens on ${formatAddress(http)} (${web}), for ${audience(http)}.\n`,
    !tcp && !tls && !http && 'Palabre listens nowhere: --tcp and --http are off.\n',
    adminHttp && `Its health and metrics are at ${metricsUrl(adminHttp)}, for ${audience(adminHttp)}.\n`,
  ];
  const join = [
    http && `Join with a browser:          ${web}://${formatAddress({ ...http, host: reach(http) })}/\n`,
    tcp && `Join from another terminal:   nc ${reach(tcp)} ${tcp.port}\n${words(password)}`,
  ];
  return `${text(listens)}${openness(ways, circumstances)}${kept}\n\n${text(join)}Ctrl-C stops the server.\n`;
}

/** What to say then. */
function words(password: boolean): string {
  const said = [
    [password ? '@key=PASSWORD IAM your-name' : 'IAM your-name', 'to come in'],
    ['MSG good evening', 'to everybody'],
    ['PRV bo just for you', 'to one'],
    ['WHO', 'to see who is here'],
    ['BYE', 'to leave'],
  ] as const;
  const column = 2 + Math.max(...said.map(([line]) => line.length));
  return said
    .map(([line, why], i) => `${(i === 0 ? 'then say' : '').padEnd(30)}${line.padEnd(column)}${why}\n`)
    .join('');
}

/** What it means that others can reach it, where they can. */
function openness({ tcp, tls, http }: Ways, { encrypted, password }: Circumstances): string {
  const isOpen = (address: Address | undefined): boolean => address !== undefined && !isLoopback(address);
  if (!isOpen(tcp) && !isOpen(tls) && !isOpen(http)) return '';
  const clear = [isOpen(tcp) && 'tcp', isOpen(http) && !encrypted && 'http'].filter((way) => way !== false);
  const read = password ? 'everything, the password included' : 'everything';
  const meanings = [
    clear.length > 0 &&
      `Not encrypted (${clear.join(', ')}): whoever is on the way can read ${read}. ${remedy(clear, encrypted)}\n`,
    !password &&
      'No password: whoever can reach it can come in, read and write. Set one with --password-file FILE.\n',
  ];
  return text(meanings) || 'Open to others: encrypted, and with a password.\n';
}

function remedy(clear: readonly string[], encrypted: boolean): string {
  if (encrypted) return 'Turn it off with --tcp off.';
  const off = clear.includes('tcp') ? ' and --tcp off' : '';
  return `Encrypt it with --tls-cert FILE --tls-key FILE${off}.`;
}

function metricsUrl(address: Address): string {
  return `http://${formatAddress({ ...address, host: reach(address) })}/metrics`;
}

function text(parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part).join('');
}

function isEverywhere({ host }: Address): boolean {
  return host === '0.0.0.0' || host === '::';
}

function reach(address: Address): string {
  return isEverywhere(address) ? 'THIS-MACHINE' : address.host;
}

/** Whether it is an address that this machine alone has: the server says which it took, never a name. */
function isLoopback({ host }: Address): boolean {
  return host === '::1' || host.startsWith('127.') || host.startsWith('::ffff:127.');
}

function audience(address: Address): string {
  return isLoopback(address) ? 'this machine alone' : 'whoever can reach this machine';
}
