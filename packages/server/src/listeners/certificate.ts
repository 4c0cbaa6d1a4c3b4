import { X509Certificate } from 'node:crypto';
import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { createSecureContext, type SecureContextOptions, type Server } from 'node:tls';
import type { EventLog } from '../event-log.ts';

export interface CertificateFiles {
  /** PEM: the certificate, and those that lead to an authority. */
  readonly cert: string;
  /** PEM: its private key, without a passphrase. */
  readonly key: string;
  /** How often, in ms, it is looked whether they have changed: 5,000 by default. */
  readonly lookMs?: number | undefined;
  /** How long, in ms, the other side has for the handshake of TLS: 10,000 by default. */
  readonly handshakeMs?: number | undefined;
}

/** The files can't be used. The message says which, why, and what to do. */
export class CannotUseCertificate extends Error {
  override readonly name = 'CannotUseCertificate';
}

const LOOK_MS = 5000;
const HANDSHAKE_MS = 10_000;

/** How long before it ends a certificate is warned of, and how often it is looked, in ms. */
const WARN_MS = 21 * 86_400_000;
const DAY_MS = 86_400_000;

/** TLS 1.2 or later, and of 1.2 only suites with forward secrecy that are not weak (RFC 9325). */
const MODERN: SecureContextOptions = {
  minVersion: 'TLSv1.2',
  ciphers: [
    'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305',
  ].join(':'),
};

/**
 * What the server shows over TLS. The files are read again when they change; connections that there are stay as they are. Files that can't be used
 * are told of, and what was good before goes on.
 */
export class Certificate {
  readonly #files: CertificateFiles;
  readonly #events: EventLog;
  readonly #servers = new Set<Server>();
  readonly #daily: NodeJS.Timeout;
  #pem: { readonly cert: string; readonly key: string };
  #ends: Date;

  /** Throws `CannotUseCertificate`. */
  constructor(files: CertificateFiles, events: EventLog) {
    this.#files = files;
    this.#events = events;
    const { pem, ends } = read(files);
    this.#pem = pem;
    this.#ends = ends;
    this.#warn();
    this.#daily = setInterval(() => this.#warn(), DAY_MS).unref();
    for (const file of new Set([files.cert, files.key]))
      watchFile(file, { interval: files.lookMs ?? LOOK_MS, persistent: false }, this.#changed);
  }

  /** How long, in ms, the other side has for the handshake. */
  get handshakeMs(): number {
    return this.#files.handshakeMs ?? HANDSHAKE_MS;
  }

  /** When it ends. */
  get ends(): Date {
    return this.#ends;
  }

  /** Options for a server that shows it. */
  get options(): SecureContextOptions {
    return { ...MODERN, ...this.#pem };
  }

  /** From now on this server shows the certificate of the day. */
  keepUp(server: Server): void {
    this.#servers.add(server);
  }

  /** Looks no more whether the files change. */
  close(): void {
    clearInterval(this.#daily);
    unwatchFile(this.#files.cert, this.#changed);
    unwatchFile(this.#files.key, this.#changed);
  }

  readonly #changed = (): void => {
    try {
      const { pem, ends } = read(this.#files);
      if (pem.cert === this.#pem.cert && pem.key === this.#pem.key) return;
      this.#pem = pem;
      this.#ends = ends;
    } catch (error) {
      // While both are being replaced they don't fit each other: the next look finds them whole.
      const reason = error instanceof Error ? error.message : String(error);
      this.#events.warn({ reason }, 'the certificate stays as it was');
      return;
    }
    for (const server of this.#servers) server.setSecureContext(this.options);
    this.#events.info({ ends: day(this.#ends) }, 'the certificate was taken up again');
    this.#warn();
  };

  #warn(): void {
    const left = this.#ends.getTime() - Date.now();
    const ends = day(this.#ends);
    if (left < 0) this.#events.error({ ends }, 'the certificate has ended: nobody can connect safely');
    else if (left < WARN_MS)
      this.#events.warn({ ends }, 'the certificate ends soon: replace its files in time');
  }
}

function read(files: CertificateFiles): { pem: { cert: string; key: string }; ends: Date } {
  const pem = { cert: text(files.cert, 'certificate'), key: text(files.key, 'key') };
  try {
    createSecureContext({ ...MODERN, ...pem });
    return { pem, ends: new X509Certificate(pem.cert).validToDate };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CannotUseCertificate(
      `${files.cert} and ${files.key} are no certificate with its key, both in PEM (${why})`,
    );
  }
}

function text(file: string, what: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CannotUseCertificate(`the ${what} can't be read: ${why}`);
  }
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
