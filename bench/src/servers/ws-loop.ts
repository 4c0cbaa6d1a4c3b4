/** The chat that anybody would write with `ws`: whatever comes is sent on in a loop. Prints its address. */
import { type RawData, WebSocket, WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });

server.on('connection', (socket, request) => {
  const name = new URL(request.url ?? '', 'ws://127.0.0.1').searchParams.get('name');
  socket.on('message', (data: RawData) => broadcast(`MSG ${name} ${data}`, socket));
  broadcast(`ARR ${name}`);
});

server.on('listening', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(`${address.address}:${address.port}`);
});

/** Encoded once: as a string it would cost a tenth more for each. */
function broadcast(text: string, sender?: WebSocket): void {
  const bytes = Buffer.from(text);
  for (const client of server.clients) {
    if (client !== sender && client.readyState === WebSocket.OPEN) client.send(bytes, { binary: false });
  }
}
