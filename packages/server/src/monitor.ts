/** What can be asked about a server while it runs: wires the counters, the metrics and the listener that tells them. */
import { type Address, CannotListen } from './listeners/address.ts';
import type { AdminHttpListener, Condition } from './listeners/admin-http.ts';
import { Counters } from './metrics/counters.ts';
import type { Census, Metrics } from './metrics/metrics.ts';
import { VERSION } from './release.ts';

/** What there is to look at once the server is up. */
export interface Observed {
  census(): Census;
  /** Whether what is said is to be kept. */
  readonly keeps: boolean;
  /** Whether nothing of it can be kept now. */
  troubled(): boolean;
}

export class Monitor {
  readonly counters: Counters;
  readonly #metrics: Metrics | undefined;
  #listener: AdminHttpListener | undefined;
  #address: Address | undefined;
  #observed: Observed | undefined;
  #draining = false;

  private constructor(metrics?: Metrics) {
    this.#metrics = metrics;
    this.counters = new Counters(metrics?.measures);
  }

  /** Listens from before all else, so that a start which takes long can be told from none. Without an address nobody can ask. Rejects with `CannotListen`. */
  static async open(asked: Address | undefined): Promise<Monitor> {
    if (!asked) return new Monitor();
    // Not loaded where nobody can ask.
    const { Metrics } = await import('./metrics/metrics.ts');
    const { AdminHttpListener } = await import('./listeners/admin-http.ts');
    const metrics = new Metrics(VERSION);
    const monitor = new Monitor(metrics);
    const listener = new AdminHttpListener({
      condition: () => monitor.#condition,
      metrics: async () => ({ text: await metrics.text(), type: metrics.contentType }),
    });
    monitor.#listener = listener;
    monitor.#address = await listener.listen(asked).catch((error: unknown) => {
      throw new CannotListen('--admin-http', asked, error);
    });
    return monitor;
  }

  /** The address taken. */
  get address(): Address | undefined {
    return this.#address;
  }

  /** The server takes connections. */
  ready(observed: Observed): void {
    this.#observed = observed;
    this.#metrics?.observe(this.counters, observed.census);
  }

  /** The server takes no more connections. */
  draining(): void {
    this.#draining = true;
  }

  /** Nobody is answered any more. */
  async close(): Promise<void> {
    const closed = this.#listener?.close();
    this.#listener?.destroy();
    await closed;
  }

  get #condition(): Condition {
    const up = this.#observed ? 'ready' : 'starting';
    const journal = this.#observed?.troubled() ? 'trouble' : 'ok';
    return {
      state: this.#draining ? 'draining' : up,
      journal: this.#observed?.keeps === false ? 'none' : journal,
    };
  }
}
