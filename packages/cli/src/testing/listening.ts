/** What a process listens on, as the system knows it (Linux): every socket of the process, whoever opened it. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export interface ListeningSocket {
  readonly protocol: 'tcp' | 'tcp6' | 'udp' | 'udp6';
  /** IPv4 with dots; IPv6 as eight groups of four digits, `0000:…:0001`. */
  readonly host: string;
  readonly port: number;
}

const PROTOCOLS = ['tcp', 'tcp6', 'udp', 'udp6'] as const;

/** States in the kernel's numbers (include/net/tcp_states.h): TCP_LISTEN, and TCP_CLOSE, which is a UDP socket that takes from anybody. */
const OPEN: Readonly<Record<(typeof PROTOCOLS)[number], string>> = {
  tcp: '0A',
  tcp6: '0A',
  udp: '07',
  udp6: '07',
};

/** The sockets of process `pid` that take what others send them. */
export function listeningOf(pid: number): ListeningSocket[] {
  const own = new Set(
    readdirSync(`/proc/${pid}/fd`).map(
      (fd) => /^socket:\[(\d+)\]$/.exec(target(`/proc/${pid}/fd/${fd}`))?.[1],
    ),
  );
  return PROTOCOLS.flatMap((protocol) => {
    // Columns: sl, local_address, rem_address, st, tx_queue:rx_queue, tr:tm->when, retrnsmt, uid, timeout, inode
    const [, ...rows] = readFileSync(`/proc/${pid}/net/${protocol}`, 'latin1').trimEnd().split('\n');
    return rows.flatMap((row) => {
      const [, local = '', , state, , , , , , inode] = row.trim().split(/\s+/);
      const [host = '', port = ''] = local.split(':');
      if (state !== OPEN[protocol] || !own.has(inode)) return [];
      return [{ protocol, host: address(host), port: Number.parseInt(port, 16) }];
    });
  });
}

/** Can only this machine reach it? 127.0.0.0/8, ::1, and the former written as IPv6. */
export function isLoopback({ host }: ListeningSocket): boolean {
  return /^127\./.test(host) || /^(0000:){7}0001$/.test(host) || /^(0000:){5}ffff:7f/.test(host);
}

// A descriptor may be closed while one looks.
function target(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
}

/** The kernel prints an address as words of 32 bits in the machine's own order: on every machine that Node.js runs on, the last byte first. */
function address(hex: string): string {
  const words = hex.match(/.{8}/g) ?? [];
  const bytes = words.flatMap((word) => (word.match(/../g) ?? []).reverse());
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  return (bytes.join('').toLowerCase().match(/.{4}/g) ?? []).join(':');
}
