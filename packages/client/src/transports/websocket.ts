import type { Dial } from './wire.ts';

/** Lines over a WebSocket (3.12): the platform's own, in browsers and in Node.js. */
export function dialWebSocket(url: string): Dial {
  return (ear) => {
    const socket = new WebSocket(url);
    socket.onopen = () => ear.opened();
    socket.onmessage = ({ data }) => ear.heard(String(data).split('\n'));
    // A browser says nothing of why. The second may come late, or never where the network is gone.
    const lose = (): void => ear.lost(new Error('no WebSocket'));
    socket.onerror = lose;
    socket.onclose = lose;
    return {
      // A message for each line: servers bound what they take at once.
      say(lines) {
        for (const line of lines) socket.send(line);
      },
      drop: () => socket.close(),
    };
  };
}
