import type { ServerAddress } from '../address.ts';
import type { Ear, Wire } from './wire.ts';

/** Characters in one WebSocket message: servers bound what they take at once. One line is always whole. */
const MESSAGE_CHARACTERS = 16_384;

/** Lines over a WebSocket (3.12): the platform's own, in browsers and in Node.js. */
export function dialWebSocket(address: ServerAddress, ear: Ear): Wire {
  const socket = new WebSocket(address.url);
  let deaf = false;
  const lose = (cause?: Error): void => {
    if (!deaf) ear.lost(cause);
    deaf = true;
  };
  socket.onopen = () => {
    if (!deaf) ear.opened();
  };
  socket.onmessage = ({ data }) => {
    if (!deaf) ear.heard(typeof data === 'string' ? data.split(/\r?\n/) : []);
  };
  // A browser says nothing of why. `onclose` may come late, or never where the network is gone.
  socket.onerror = () => lose(new Error('the WebSocket failed'));
  socket.onclose = ({ reason }) => lose(reason ? new Error(reason) : undefined);
  return {
    say(lines) {
      for (const message of messages(lines)) socket.send(message);
    },
    drop() {
      deaf = true;
      socket.close();
    },
  };
}

function* messages(lines: string): Generator<string> {
  let from = 0;
  while (lines.length - from > MESSAGE_CHARACTERS) {
    const last = lines.lastIndexOf('\n', from + MESSAGE_CHARACTERS);
    const end = last > from ? last : lines.indexOf('\n', from);
    if (end < 0) break;
    yield lines.slice(from, end);
    from = end + 1;
  }
  yield lines.slice(from);
}
