/** The same chat with Socket.IO, as its documentation has it: a room, and events to everybody in it. Prints its address. */
import { createServer } from 'node:http';
import { Server } from 'socket.io';

/** ms: longer than a turn, so that no ping is sent in it. */
const PING = 3_600_000;

const http = createServer();
const server = new Server(http, {
  transports: ['websocket'],
  perMessageDeflate: false,
  serveClient: false,
  pingInterval: PING,
});

server.on('connection', (socket) => {
  const { name }: { name?: string } = socket.handshake.auth;
  socket.on('msg', (text: string) => socket.to('room').emit('msg', name, text));
  socket.join('room');
  server.to('room').emit('arr', name);
});

http.listen(0, '127.0.0.1', () => {
  const address = http.address();
  if (address !== null && typeof address === 'object') console.log(`${address.address}:${address.port}`);
});
