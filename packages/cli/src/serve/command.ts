import { proxiesNamed, type RunningServer, startServer } from '@palabre/server';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Address, parseAddress } from '../address.ts';
import { toMilliseconds } from '../terminal/durations.ts';
import { putHelpersInTheBackground } from './background.ts';
import { explain } from './explain.ts';
import { greeting } from './greeting.ts';
import { LOG_LEVELS, type LogLevel, openLog } from './log.ts';
import { builtPage } from './page.ts';
import { whereToListen } from './where-to-listen.ts';
import { boundYoungGeneration } from './young-generation.ts';

interface ServeFlags {
  readonly tcp: Address | 'off';
  readonly http: Address | 'off';
  readonly tls: Address | 'off';
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly public?: true;
  readonly passwordFile?: string;
  readonly allowOrigin: readonly string[];
  readonly trustProxy: readonly string[];
  readonly data: string;
  readonly keep?: number;
  readonly linger: number;
  readonly rate: number | 'off';
  readonly maxConnections: number;
  readonly drain: number;
  readonly adminHttp: Address | 'off';
  readonly logLevel: LogLevel;
}

/** `palabre serve`: every flag is an environment variable too. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('run the server; Ctrl-C stops it')
    .addOption(
      new Option('--tcp <HOST:PORT|off>', 'where to listen for lines over TCP; port 0 takes a free one')
        .env('PALABRE_TCP')
        .default({ host: '127.0.0.1', port: 7070 }, '127.0.0.1:7070: this machine alone')
        .argParser(toAddress),
    )
    .addOption(
      new Option('--http <HOST:PORT|off>', 'where to serve the page, and the chat over WebSockets at /chat')
        .env('PALABRE_HTTP')
        .default({ host: '127.0.0.1', port: 7071 }, '127.0.0.1:7071: this machine alone')
        .argParser(toAddress),
    )
    .addOption(
      new Option('--tls <HOST:PORT|off>', 'where to listen for lines over TLS, once there is a certificate')
        .env('PALABRE_TLS')
        .default({ host: '127.0.0.1', port: 7072 }, '127.0.0.1:7072: this machine alone')
        .argParser(toAddress),
    )
    .addOption(
      new Option(
        '--tls-cert <FILE>',
        'the certificate (PEM): turns TLS on, for the page too; taken up again when it changes',
      ).env('PALABRE_TLS_CERT'),
    )
    .addOption(new Option('--tls-key <FILE>', 'the key of the certificate (PEM)').env('PALABRE_TLS_KEY'))
    .addOption(
      new Option(
        '--public',
        'listen for whoever can reach this machine: 0.0.0.0 wherever --tcp, --http and --tls are not said',
      ).env('PALABRE_PUBLIC'),
    )
    .addOption(
      new Option(
        '--password-file <FILE>',
        'its first line is what whoever comes in has to give; taken up again when it changes',
      ).env('PALABRE_PASSWORD_FILE'),
    )
    .addOption(
      new Option(
        '--allow-origin <ORIGIN>',
        'another site whose pages may open the chat, as https://chat.example.org; *: any; may be given several times',
      )
        .env('PALABRE_ALLOW_ORIGIN')
        .default([], 'none')
        .argParser(toOrigins),
    )
    .addOption(
      new Option(
        '--trust-proxy <WHO>',
        'a proxy that says whose connection it passes on: ADDRESS[/BITS], with tcp= or http= before it for one way in alone; may be given several times',
      )
        .env('PALABRE_TRUST_PROXY')
        .default([], 'none')
        .argParser(toProxies),
    )
    .addOption(
      new Option('--data <DIR|none>', 'where what is said is kept, made if need be; none: nowhere')
        .env('PALABRE_DATA')
        .default('./palabre-data'),
    )
    .addOption(
      new Option('--keep <TIME>', 'how long it is kept: 90d, 12h … (default: for ever)')
        .env('PALABRE_KEEP')
        .argParser(toMilliseconds),
    )
    .addOption(
      new Option('--linger <SECONDS>', 'how long a member whose connection is lost keeps its name and place')
        .env('PALABRE_LINGER')
        .default(60)
        .argParser(toSeconds),
    )
    .addOption(
      new Option(
        '--rate <LINES|off>',
        'lines a second that one connection may say, five times as many at once',
      )
        .env('PALABRE_RATE')
        .default(20)
        .argParser(toRate),
    )
    .addOption(
      new Option('--max-connections <N>', 'connections at a time')
        .env('PALABRE_MAX_CONNECTIONS')
        .default(10_000)
        .argParser(toCount),
    )
    .addOption(
      new Option(
        '--drain <TIME>',
        'how long SIGTERM and palabre admin drain give slow readers; 0: the server ends at once',
      )
        .env('PALABRE_DRAIN')
        .default(10_000, '10s')
        .argParser((text) => (text === '0' ? 0 : toMilliseconds(text))),
    )
    .addOption(
      new Option(
        '--admin-http <HOST:PORT|off>',
        'where to tell programs of yours whether the server is well, and its metrics: /healthz, /readyz, /metrics',
      )
        .env('PALABRE_ADMIN_HTTP')
        .default({ host: '127.0.0.1', port: 7079 }, '127.0.0.1:7079: this machine alone')
        .argParser(toAddress),
    )
    .addOption(
      new Option('--log-level <LEVEL>', 'what to tell on standard error: this, and what is graver')
        .env('PALABRE_LOG_LEVEL')
        .choices(LOG_LEVELS)
        .default('info'),
    )
    .addHelpText(
      'after',
      `
Examples:
  palabre serve                        for this machine alone
  palabre serve --tcp 0.0.0.0:7070     for everybody who can reach it
  palabre serve --public --password-file palabre-password
                                       for everybody who can reach it, and knows the password
  palabre serve --http off             without the page
  palabre serve --tls-cert fullchain.pem --tls-key privkey.pem
                                       encrypted: lines at 7072, the page by https
  palabre serve --data none            keeping nothing
  palabre serve --keep 90d             keeping what was said for 90 days
  PALABRE_RATE=off palabre serve       the same flags as environment variables`,
    )
    .allowExcessArguments(false)
    .action(serve);
}

async function serve(this: Command, flags: ServeFlags): Promise<void> {
  const {
    tlsCert: cert,
    tlsKey: key,
    passwordFile,
    allowOrigin,
    trustProxy,
    data,
    rate,
    maxConnections,
    keep: keepMs,
    linger,
    drain: drainMs,
    adminHttp,
    logLevel,
  } = flags;
  if ((cert === undefined) !== (key === undefined))
    this.error('error: --tls-cert and --tls-key belong together: give both, or neither', { exitCode: 2 });
  const certificate = cert === undefined || key === undefined ? undefined : { cert, key };
  const { tcp, tls, http } = whereToListen(this, flags);
  const log = await openLog(logLevel);
  let server: RunningServer;
  try {
    putHelpersInTheBackground();
    boundYoungGeneration();
    server = await startServer({
      tcp: tcp === 'off' ? undefined : tcp,
      tls: tls === 'off' || !certificate ? undefined : tls,
      certificate,
      http: http === 'off' ? undefined : { address: http, page: builtPage(), allowOrigins: allowOrigin },
      password: passwordFile === undefined ? undefined : { file: passwordFile },
      data,
      trustProxy,
      rate,
      maxConnections,
      keepMs,
      lingerMs: 1000 * linger,
      drainMs,
      onLost,
      adminHttp: adminHttp === 'off' ? undefined : adminHttp,
      events: log.events,
    });
  } catch (error) {
    process.stderr.write(`palabre: ${explain(error)}\n`);
    process.exitCode = 1;
    return;
  }
  process.stdout.write(
    greeting(server, { data, encrypted: certificate !== undefined, password: passwordFile !== undefined }),
  );
  const stop = (signal: NodeJS.Signals): void => {
    // A second signal ends the process at once, as it would any other; so does one after 'palabre admin drain'.
    process.off('SIGINT', stop).off('SIGTERM', stop);
    if (server.draining.aborted) process.kill(process.pid, signal);
    else
      void server
        .stop()
        .then(() => log.close())
        .then((written) => {
          // What is still being written could keep the process for ever.
          if (!written) process.exit();
        });
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
}

// Whoever started the server starts it again: members come back, and what was under way is kept once.
function onLost({ message }: Error): never {
  process.stderr.write(`palabre: ${message}\n`);
  process.exit(1);
}

function toSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= 0 && seconds <= 86_400))
    throw new InvalidArgumentError('Say a number of seconds, 0 to 86400.');
  return seconds;
}

function toAddress(text: string): Address | 'off' {
  if (text === 'off') return text;
  const address = parseAddress(text);
  if (address) return address;
  throw new InvalidArgumentError('Say HOST:PORT, as in 127.0.0.1:7070 or [::1]:7070.');
}

function toOrigins(text: string, before: readonly string[]): readonly string[] {
  const origins = text.split(/[\s,]+/).filter((origin) => origin !== '');
  for (const origin of origins) {
    if (origin !== '*' && !(URL.canParse(origin) && new URL(origin).origin === origin))
      throw new InvalidArgumentError('Say a scheme and a host, as in https://chat.example.org.');
  }
  return [...before, ...origins];
}

function toProxies(text: string, before: readonly string[]): readonly string[] {
  const proxies = text.split(/[\s,]+/).filter((proxy) => proxy !== '');
  try {
    proxiesNamed(proxies);
  } catch (error) {
    if (error instanceof TypeError) throw new InvalidArgumentError(`${error.message}.`);
    throw error;
  }
  return [...before, ...proxies];
}

function toRate(text: string): number | 'off' {
  if (text === 'off') return 'off';
  const rate = Number(text);
  if (!(rate > 0 && Number.isFinite(rate))) {
    throw new InvalidArgumentError('Say a number of lines a second above 0, or off.');
  }
  return rate;
}

function toCount(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 1)
    throw new InvalidArgumentError('Say a whole number above 0.');
  return count;
}
