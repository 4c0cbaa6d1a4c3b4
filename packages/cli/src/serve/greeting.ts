import { type Address, formatAddress } from '../address.ts';

/** What the server prints at the start: where it listens, and how a newcomer joins. */
export function greeting({ host, port }: Address, data: string): string {
  const everywhere = host === '0.0.0.0' || host === '::';
  const reach = everywhere ? 'THIS-MACHINE' : host;
  const audience =
    everywhere || !isThisMachine(host) ? 'whoever can reach this machine' : 'this machine alone';
  return `Palabre listens on ${formatAddress({ host, port })} (tcp), for ${audience}.
${data === 'none' ? 'Nothing is kept.' : `What is said is kept in ${data}.`}

Join from another terminal:   nc ${reach} ${port}
then say                      IAM your-name        to come in
                              MSG good evening     to everybody
                              PRV bo just for you  to one
                              WHO                  to see who is here
                              BYE                  to leave
Ctrl-C stops the server.
`;
}

function isThisMachine(host: string): boolean {
  return host === '::1' || host.startsWith('127.');
}
