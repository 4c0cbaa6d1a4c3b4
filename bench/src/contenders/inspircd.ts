import type { Contender } from './contender.ts';
import { irc, NAGLE } from './irc.ts';
import { startOn, versionFrom } from './launch.ts';

/** InspIRCd without fake lag, look-ups, history of nicks, or limits that could be reached (its engine here is epoll). */
export const inspircd: Contender = {
  name: 'inspircd',
  howToHave: 'apt-get install inspircd',
  slowJoin: true,
  attempts: 1000,
  keeps: false,
  web: false,
  note: `${NAGLE} It lets newcomers in once a second, so that a join is fastest when all come at once; its memory grows with that (with --attempts 128 a join takes four times as long, and a third of the memory).`,
  version: () => versionFrom('inspircd', '--version', /^InspIRCd-([\d.]+)/),
  start: () =>
    startOn('inspircd', config, (file) => [
      '--nofork',
      '--runasroot',
      '--nopid',
      '--nolog',
      '--config',
      file,
    ]),
  dialect: irc,
};

const config = (port: number): string => `
<server name="irc.bench" description="bench" network="bench" id="001">
<admin name="bench" nick="bench" email="bench@localhost">
<bind address="127.0.0.1" port="${port}" type="clients">
<connect allow="*" timeout="60" pingfreq="3600" limit="20000" localmax="20000" globalmax="20000" maxconnwarn="off"
  hardsendq="1073741824" softsendq="1073741824" recvq="1048576" threshold="1000000" commandrate="100000000"
  fakelag="off" resolvehostnames="no" useident="no">
<performance softlimit="20000" somaxconn="4096" netbuffersize="65534" quietbursts="yes" clonesonconnect="no">
<options defaultmodes="">
<whowas groupsize="0" maxgroups="0" maxkeep="1s">
<dns server="127.0.0.1" timeout="1">
`;
