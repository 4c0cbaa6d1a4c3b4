import type { RunningServer } from '@palabre/server';
import { type Address, formatAddress } from '../address.ts';

/** What the server prints at the start: where it listens, and how a newcomer joins. */
export function greeting(
  { tcp, tls, http, adminHttp }: Pick<RunningServer, 'tcp' | 'tls' | 'http' | 'adminHttp'>,
  data: string,
  encrypted: boolean,
): string {
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
    tcp &&
      `Join from another terminal:   nc ${reach(tcp)} ${tcp.port}
then say                      IAM your-name        to come in
                              MSG good evening     to everybody
                              PRV bo just for you  to one
                              WHO                  to see who is here
                              BYE                  to leave
`,
  ];
  return `${text(listens)}${kept}\n\n${text(join)}Ctrl-C stops the server.\n`;
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

function audience({ host, port }: Address): string {
  const thisMachine = host === '::1' || host.startsWith('127.');
  return isEverywhere({ host, port }) || !thisMachine
    ? 'whoever can reach this machine'
    : 'this machine alone';
}
