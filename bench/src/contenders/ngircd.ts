import type { Contender } from './contender.ts';
import { irc, NAGLE } from './irc.ts';
import { startOn, versionFrom } from './launch.ts';

/** ngIRCd without limits, penalties, look-ups or pings. */
export const ngircd: Contender = {
  name: 'ngircd',
  howToHave: 'apt-get install ngircd',
  slowJoin: true,
  attempts: 16,
  keeps: false,
  web: false,
  note: `${NAGLE} Its queue of connections to accept is short: with more than 16 attempts at once TCP has to try again, and a join takes longer.`,
  version: () => versionFrom('ngircd', '--version', /^ngIRCd ([\d.]+)/),
  start: () => startOn('ngircd', config, (file) => ['--nodaemon', '--config', file]),
  dialect: irc,
};

const config = (port: number): string => `
[Global]
Name = irc.bench
Info = bench
AdminInfo1 = bench
Listen = 127.0.0.1
Ports = ${port}
MotdPhrase = bench
[Limits]
MaxConnections = 0
MaxConnectionsIP = 0
MaxJoins = 0
MaxNickLength = 16
MaxPenaltyTime = 0
PingTimeout = 3600
PongTimeout = 3600
[Options]
DNS = no
Ident = no
PAM = no
`;
