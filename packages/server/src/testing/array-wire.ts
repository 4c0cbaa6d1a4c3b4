/** A connection without a socket, for models: what is written to it stands in an array. */
import assert from 'node:assert/strict';
import type { Framing } from '../fanout/framing.ts';
import type { Wire } from '../fanout/wire.ts';
import type { Remote } from '../listeners/connections.ts';
import type { Source } from '../listeners/intake.ts';
import { TEST_FRAMES } from './frames.ts';

export const HERE: Remote = { address: '127.0.0.1', listener: 'tcp' };

export class ArrayWire implements Wire, Source {
  readonly framing: Framing | undefined;
  readonly got: Buffer[] = [];
  /** Set by a test: it takes what is written, and says that it takes no more. */
  full = false;
  ended = false;
  readonly unsent = 0;

  /** Every other one is framed, as over a WebSocket. */
  constructor(nth: number) {
    this.framing = nth % 2 === 1 ? TEST_FRAMES : undefined;
  }

  write(pieces: readonly Buffer[]): boolean {
    assert.ok(!this.ended, 'nothing is written after the end');
    this.got.push(...pieces);
    return !this.full;
  }

  end(): void {
    this.ended = true;
  }

  destroy(): void {
    this.ended = true;
  }

  pause(): void {}

  resume(): void {}
}
