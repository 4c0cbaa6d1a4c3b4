/** WebSocket frames (RFC 6455, 5.2): a client's, good and broken, and a server's, read. */
import type { Chance } from '../chaos/chance.ts';
import { random } from './mutate.ts';

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

interface Head {
  readonly fin: boolean;
  readonly opcode: number;
  readonly masked: boolean;
  /** The three reserved bits, 0 to 7. */
  readonly reserved: number;
  /** The length that it says, if that is not the payload's. */
  readonly length?: number;
}

function frame(chance: Chance, head: Head, payload: Buffer): Buffer {
  const length = head.length ?? payload.length;
  const first = (head.fin ? 0x80 : 0) | (head.reserved << 4) | head.opcode;
  const mask = head.masked ? 0x80 : 0;
  let header: Buffer;
  if (length < 126) header = Buffer.of(first, mask | length);
  else if (length < 65_536) header = Buffer.of(first, mask | 126, length >> 8, length & 0xff);
  else {
    header = Buffer.alloc(10);
    header[0] = first;
    header[1] = mask | 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  if (!head.masked) return Buffer.concat([header, payload]);
  const key = random(chance, 4);
  const hidden = Buffer.from(payload);
  for (let i = 0; i < hidden.length; i++) hidden[i] = (hidden[i] ?? 0) ^ (key[i & 3] ?? 0);
  return Buffer.concat([header, key, hidden]);
}

const GOOD = { fin: true, masked: true, reserved: 0 } as const;

/** A message of text, in one frame or several, with a ping in between now and then. */
export function message(chance: Chance, payload: Buffer): Buffer[] {
  if (chance.odds(0.8) || payload.length < 2) return [frame(chance, { ...GOOD, opcode: TEXT }, payload)];
  const at = chance.between(1, payload.length - 1);
  const frames = [frame(chance, { ...GOOD, fin: false, opcode: TEXT }, payload.subarray(0, at))];
  if (chance.odds(0.3)) frames.push(ping(chance));
  frames.push(frame(chance, { ...GOOD, opcode: 0 }, payload.subarray(at)));
  return frames;
}

export function ping(chance: Chance): Buffer {
  return frame(
    chance,
    { ...GOOD, opcode: chance.pick([PING, PONG]) },
    random(chance, chance.between(0, 125)),
  );
}

export function close(chance: Chance): Buffer {
  const code = Buffer.alloc(2);
  code.writeUInt16BE(
    chance.odds(0.7) ? 1000 : chance.pick([0, 999, 1001, 1004, 1005, 1006, 1015, 2999, 4999, 65_535]),
  );
  const payload = chance.odds(0.8)
    ? Buffer.concat([code, Buffer.from(chance.odds(0.8) ? '' : 'bye\xff', 'latin1')])
    : random(chance, chance.between(0, 1));
  return frame(chance, { ...GOOD, opcode: CLOSE }, payload);
}

/** A frame that RFC 6455 forbids, or one that comes to nothing. */
export function broken(chance: Chance): Buffer {
  const payload = random(chance, chance.between(0, 40));
  switch (chance.between(0, 8)) {
    case 0:
      return frame(chance, { ...GOOD, masked: false, opcode: TEXT }, payload);
    case 1:
      return frame(chance, { ...GOOD, opcode: chance.pick([3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) }, payload);
    case 2:
      return frame(chance, { ...GOOD, reserved: chance.between(1, 7), opcode: TEXT }, payload);
    case 3:
      return frame(chance, { ...GOOD, opcode: 2 }, payload);
    case 4:
      return frame(
        chance,
        { ...GOOD, opcode: TEXT, length: chance.pick([65_537, 2 ** 31, 2 ** 40, Number.MAX_SAFE_INTEGER]) },
        payload,
      );
    case 5:
      return frame(chance, { ...GOOD, opcode: 0 }, payload);
    case 6:
      return frame(chance, { ...GOOD, fin: false, opcode: chance.pick([CLOSE, PING]) }, payload);
    case 7:
      return frame(chance, { ...GOOD, opcode: PING }, random(chance, chance.between(126, 300)));
    default:
      return frame(chance, { ...GOOD, opcode: TEXT }, Buffer.from('ff', 'hex'));
  }
}

/** Reads a server's frames: text is given to `hear`; that it closes, to `onClose`; whatever a server must not send, to `wrong`. */
export class FrameEar {
  readonly #hear: (payload: Buffer) => void;
  readonly #onClose: () => void;
  readonly #wrong: (what: string) => void;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(hear: (payload: Buffer) => void, onClose: () => void, wrong: (what: string) => void) {
    this.#hear = hear;
    this.#onClose = onClose;
    this.#wrong = wrong;
  }

  take(chunk: Buffer): void {
    this.#bytes = this.#bytes.length > 0 ? Buffer.concat([this.#bytes, chunk]) : chunk;
    for (let next = this.#next(); next > 0; next = this.#next()) this.#bytes = this.#bytes.subarray(next);
  }

  // The bytes of the frame that was read; 0 if it is not whole yet.
  #next(): number {
    const bytes = this.#bytes;
    if (bytes.length < 2) return 0;
    const [first = 0, second = 0] = bytes;
    const start = second === 127 ? 10 : second === 126 ? 4 : 2;
    if (bytes.length < start) return 0;
    const length =
      second === 127 ? Number(bytes.readBigUInt64BE(2)) : second === 126 ? bytes.readUInt16BE(2) : second;
    if (second > 127 || (first & 0xf0) !== 0x80)
      this.#wrong(`the server sent a frame that begins with ${first} ${second}`);
    if (bytes.length < start + length) return 0;
    const payload = bytes.subarray(start, start + length);
    const opcode = first & 0x0f;
    if (opcode === TEXT) this.#hear(payload);
    else if (opcode === CLOSE) this.#onClose();
    else if (opcode !== PING && opcode !== PONG) this.#wrong(`the server sent a frame with opcode ${opcode}`);
    return start + length;
  }
}
