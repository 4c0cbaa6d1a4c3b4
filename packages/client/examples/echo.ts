/** An echo bot: answers whoever speaks to it in private.   node packages/client/examples/echo.ts localhost:7070 [NAME] */
import { type ChatEvent, connect } from '@palabre/client';

const [address = 'localhost:7070', name = 'echo'] = process.argv.slice(2);

const chat = await connect(address, { name });
console.log(`${chat.name} is in the chat of ${address}; whisper to it`);
process.once('SIGINT', () => chat.close());
process.once('SIGTERM', () => chat.close());

for await (const event of chat) {
  if (isForUs(event)) {
    // Not awaited: whoever speaks next need not wait for this receipt. They may be gone by now, and that is no reason to stop.
    chat
      .whisper(event.from, event.text, event.id === undefined ? {} : { re: event.id })
      .catch((error: Error) => console.error(`${event.from} gets no answer: ${error.message}`));
  }
  if (event.type === 'line') console.log(event.state);
}

function isForUs(event: ChatEvent): event is Extract<ChatEvent, { type: 'message' }> {
  return event.type === 'message' && event.private && !event.own;
}
