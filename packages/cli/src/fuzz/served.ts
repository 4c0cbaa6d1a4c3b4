/** Starts the server that is fuzzed, watches over its process, and asks it for its memory. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CERTIFICATE } from '../testing/certificate.ts';

export interface HostOptions {
  readonly data: string;
  readonly page: string;
  readonly certificate:
    | { readonly cert: string; readonly key: string; readonly handshakeMs: number }
    | undefined;
  readonly rate: number | 'off';
  readonly maxConnections: number;
  readonly trustProxy: readonly string[];
}

export type Asked = 'measure' | 'stop';

/** Bytes after a collection, and the sockets of connections that are open. */
export interface Measured {
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
  readonly sockets: number;
}

export type Told =
  | { readonly type: 'listening'; readonly tcp: number; readonly tls: number; readonly http: number }
  | { readonly type: 'measured'; readonly measured: Measured }
  | { readonly type: 'trouble'; readonly what: string };

export interface Served extends AsyncDisposable {
  readonly tcp: number;
  /** 0: there is none. */
  readonly tls: number;
  readonly http: number;
  measure(): Promise<Measured>;
}

const HOST = resolve(import.meta.dirname, 'host.ts');

/** Starts it; `report` is told of whatever a server must not do: end, print, be in trouble. `secret` lies beside the page, in a file that is not to be served. */
export async function serve(
  options: Pick<HostOptions, 'rate' | 'maxConnections' | 'trustProxy'> & {
    readonly kept: boolean;
    readonly encrypted: boolean;
  },
  secret: string,
  report: (what: string) => void,
): Promise<Served> {
  const directory = mkdtempSync(join(tmpdir(), 'palabre-fuzz-'));
  const { kept, encrypted, ...rest } = options;
  const { page, certificate } = files(directory, secret);
  const host: HostOptions = {
    ...rest,
    page,
    certificate: encrypted ? certificate : undefined,
    data: kept ? join(directory, 'data') : 'none',
  };
  const child = fork(HOST, [JSON.stringify(host)], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let stopping = false;
  for (const stream of [child.stdout, child.stderr])
    stream
      ?.setEncoding('utf8')
      .on('data', (text: string) => report(`the server printed: ${text.slice(0, 2000)}`));
  child.on('exit', (status, signal) => {
    if (!stopping || status !== 0) report(`the server's process ended: ${status ?? signal}`);
  });
  child.on('message', (told: Told) => {
    if (told.type === 'trouble') report(`the server is in trouble: ${told.what}`);
  });
  const { tcp, tls, http } = await next(child, 'listening');
  return {
    tcp,
    tls,
    http,
    async measure() {
      const measured = next(child, 'measured');
      child.send('measure');
      return (await measured).measured;
    },
    async [Symbol.asyncDispose]() {
      stopping = true;
      if (child.exitCode === null && child.signalCode === null) {
        const ended = once(child, 'exit');
        if (child.connected) child.send('stop');
        const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
        await ended;
        clearTimeout(late);
      }
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function files(directory: string, secret: string): { page: string; certificate: HostOptions['certificate'] } {
  const page = join(directory, 'page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>Palabre</title>');
  writeFileSync(join(page, 'assets/app-1a2b3c.js'), 'export const tree = "palabre";\n'.repeat(100));
  writeFileSync(join(directory, 'secret'), secret);
  const certificate = {
    cert: join(directory, 'cert.pem'),
    key: join(directory, 'key.pem'),
    handshakeMs: 2000,
  };
  writeFileSync(certificate.cert, CERTIFICATE.cert);
  writeFileSync(certificate.key, CERTIFICATE.key);
  return { page, certificate };
}

type Telling<T extends Told['type']> = Extract<Told, { type: T }>;

async function next<T extends Told['type']>(child: ChildProcess, type: T): Promise<Telling<T>> {
  return new Promise((resolve, reject) => {
    const hear = (told: Told): void => {
      if (told.type !== type) return;
      stop();
      resolve(told as Telling<T>);
    };
    const end = (): void => {
      stop();
      reject(new Error(`the server ended before it was ${type}`));
    };
    const stop = (): void => {
      child.off('message', hear).off('exit', end);
    };
    child.on('message', hear).on('exit', end);
  });
}
