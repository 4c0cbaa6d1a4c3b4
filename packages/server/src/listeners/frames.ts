/** Lines as messages of a WebSocket (3.12): one header before a batch, so that all connections of a form share one framed buffer. */
import { Sender } from 'ws';
import type { Framing } from '../fanout/framing.ts';

declare module 'ws' {
  // Public by ws's own documentation, and missing from its types.
  const Sender: {
    /** The header of a frame with this payload, and the payload. `opcode` 1: text. Servers don't mask (RFC 6455, 5.1). */
    frame(
      payload: Buffer,
      options: { fin: true; opcode: 1; mask: false; readOnly: true; rsv1: false },
    ): [header: Buffer, payload?: Buffer];
  };
}

export const TEXT_FRAMES: Framing = {
  headerBytes: 10,
  header: (payload) =>
    Sender.frame(payload, { fin: true, opcode: 1, mask: false, readOnly: true, rsv1: false })[0],
};
