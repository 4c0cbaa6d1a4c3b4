/**
 * The chat over WebSockets (3.12). `ws` does the handshake, reads, pings and closes; lines go out past it, straight to the socket, in
 * frames that all connections of a form share (frames.ts).
 */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Admission } from '../admission/admission.ts';
import type { Accept } from './connections.ts';
import { TEXT_FRAMES } from './frames.ts';
import { SocketWire } from './socket-wire.ts';

/** The most bytes of one message: over a dozen of the longest lines. A longer one ends the connection (close code 1009). */
const MESSAGE_BYTES = 64 * 1024;

/** The most pieces in which a message may come: a peer that sends a byte at a time is held at a bounded cost. */
const MESSAGE_PIECES = 1024;

/** How often, in ms, a peer is asked whether it is still there. */
const PING_MS = 30_000;

/** For how long, in ms, what was said before a WebSocket was closed goes on being heard. */
const LAST_LINES_MS = 30_000;

// RFC 6455, 7.4.1
const NORMAL = 1000;
const CUT = 1006;
const NOT_TEXT = 1003;
const TRY_AGAIN_LATER = 1013;

const LF = 0x0a;

export class WebSocketListener {
  readonly #server: WebSocketServer;
  readonly #admission: Admission;
  readonly #accept: Accept;
  readonly #full: string;
  readonly #wires = new Set<WebSocketWire>();
  readonly #pings: NodeJS.Timeout;

  /** `accept` is given each connection that `admission` lets in; the others are told `full` and closed. */
  constructor(admission: Admission, accept: Accept, full: string, pingMs = PING_MS) {
    this.#admission = admission;
    this.#accept = accept;
    this.#full = full;
    this.#server = new WebSocketServer({
      noServer: true,
      clientTracking: false,
      autoPong: false,
      maxPayload: MESSAGE_BYTES, // 4.6
      maxBufferedChunks: MESSAGE_PIECES,
      maxFragments: MESSAGE_PIECES,
    });
    this.#pings = setInterval(() => {
      // 4.6
      for (const wire of this.#wires) wire.ping();
    }, pingMs).unref();
  }

  /** A request to become a WebSocket, of a client with this address. What is wrong with it is answered as HTTP says. */
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer, address: string): void {
    socket.setNoDelay(true);
    this.#server.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', ignore);
      if (this.#admission.enter(address)) this.#open(webSocket, socket, address);
      else refuse(webSocket, this.#full);
    });
  }

  /** Pings nobody any more. */
  close(): void {
    clearInterval(this.#pings);
  }

  #open(webSocket: WebSocket, socket: Socket, address: string): void {
    const wire = new WebSocketWire(webSocket, socket, () => connection.drained());
    const connection = this.#accept(wire, { address, listener: 'http' });
    this.#wires.add(wire);
    webSocket.on('message', (data, isBinary) => {
      wire.alive();
      if (isBinary) webSocket.close(NOT_TEXT, 'lines are text');
      else connection.received(linesIn(data));
    });
    webSocket.on('ping', (data) => {
      wire.pong(data);
      connection.charged();
    });
    webSocket.on('pong', () => {
      wire.alive();
      connection.charged();
    });
    webSocket.on('close', (code) => {
      this.#wires.delete(wire);
      let late: NodeJS.Timeout | undefined;
      const over = (): void => {
        if (wire.onEnd !== over) return;
        wire.onEnd = ignore;
        clearTimeout(late);
        this.#admission.leave(address);
        connection.closed();
      };
      wire.onEnd = over;
      if (code === CUT || connection.over) return over();
      // What it said before it closed is heard to the end, as over TCP; until then it counts as a connection. What it is owed nobody reads any more.
      late = setTimeout(over, LAST_LINES_MS);
      connection.drained();
      connection.ended();
    });
  }
}

// 3.12  one or more lines; the message's end is the end of its last line, if no LF is
function linesIn(data: RawData): Buffer {
  const bytes = whole(data);
  if (bytes.at(-1) === LF) return bytes;
  const ended = Buffer.allocUnsafe(bytes.length + 1);
  bytes.copy(ended);
  ended[bytes.length] = LF;
  return ended;
}

function whole(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}

class WebSocketWire extends SocketWire {
  /** Set once the connection is closed: called instead of ending it. */
  onEnd: (() => void) | undefined;
  readonly #webSocket: WebSocket;
  /** Times that it was asked, or could not be, and nothing came. */
  #unanswered = 0;
  /** Bytes that the system had taken then. */
  #taken = 0;
  /** What the most recent ping held that is to be answered. */
  #pinged: Buffer | undefined;

  constructor(webSocket: WebSocket, socket: Socket, onDrain: () => void) {
    super(socket, onDrain, TEXT_FRAMES);
    this.#webSocket = webSocket;
  }

  end(): void {
    if (this.onEnd) this.onEnd();
    else if (this.#webSocket.readyState === this.#webSocket.OPEN) {
      this.#webSocket.close(NORMAL);
      this.endSoon();
    }
  }

  pause(): void {
    this.#webSocket.pause();
  }

  resume(): void {
    this.#webSocket.resume();
  }

  override destroy(): void {
    if (this.onEnd) this.onEnd();
    else super.destroy();
  }

  /**
   * Answers a ping, at the end of this turn of the event loop: of many that are read in one the most recent is enough (RFC 6455, 5.5.3), and
   * an answer takes a system call. Whoever does not read what it asks for is answered when it does.
   */
  pong(data: Buffer): void {
    if (this.#pinged === undefined) setImmediate(this.#answer);
    this.#pinged = data;
  }

  /** Something came: the other side is there. */
  alive(): void {
    this.#unanswered = 0;
  }

  /** Asks whether the other side is there, and ends the connection if the last two times nothing answered. */
  ping(): void {
    // Nothing can be heard from whoever is not read from now (4.2).
    if (this.#webSocket.isPaused) return;
    if (this.#unanswered === 2) {
      super.destroy();
      return;
    }
    this.#unanswered++;
    // Something is on its way, perhaps a frame of which the rest is to follow: as long as any of it is taken, somebody is there.
    const taken = this.socket.bytesWritten - this.unsent;
    if (this.unsent === 0) this.#webSocket.ping();
    else if (taken > this.#taken) this.alive();
    this.#taken = taken;
  }

  readonly #answer = (): void => {
    const data = this.#pinged;
    this.#pinged = undefined;
    if (this.unsent === 0 && this.#webSocket.readyState === this.#webSocket.OPEN) this.#webSocket.pong(data);
  };
}

function ignore(): void {
  // What went wrong with a connection shows as its end: 'close' follows. And whose end has been dealt with has no other.
}

// 4.4  says so, and closes
function refuse(webSocket: WebSocket, full: string): void {
  webSocket.send(full);
  webSocket.close(TRY_AGAIN_LATER);
}
