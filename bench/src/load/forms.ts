import type { Heard } from '../contenders/contender.ts';
import { NUMBER, SpeakerLines } from '../verify/message-line.ts';
import { clientFrame, clientHeader } from '../websocket/client-frame.ts';
import { upgradeRequest } from '../websocket/handshake.ts';
import type { Manners } from './crowd.ts';

/** One way of being in Palabre's chat: a form of its lines, over TCP or a WebSocket. */
export interface Form {
  readonly manners: Manners;
  readonly web: boolean;
  /** Does a speaker get its own messages back, as receipts (docs/protocol.md, 3.4)? */
  readonly receipts: boolean;
  /** How a speaker says its messages, of `size` bytes. */
  lines(speaker: number, size: number): SpeakerLines;
}

/** Plain and extended, each over TCP and over WebSockets: what a server has to do with at once. */
export const FORMS: readonly Form[] = [
  form(false, false),
  form(true, false),
  form(false, true),
  form(true, true),
];

function form(extended: boolean, web: boolean): Form {
  const before = extended ? `@ref=${NUMBER} MSG ` : 'MSG ';
  return {
    web,
    receipts: extended,
    manners: {
      framed: web,
      hello: () => (web ? upgradeRequest('/chat') : ''),
      heard(line, name) {
        const answer = heard(line, name, extended);
        return answer.type === 'say' && web ? { type: 'say', lines: clientFrame(answer.lines) } : answer;
      },
    },
    lines: (speaker, size) =>
      web
        ? new SpeakerLines(clientHeader(before.length + size) + before, '', speaker, size)
        : new SpeakerLines(before, '\n', speaker, size),
  };
}

function heard(line: string, name: string, extended: boolean): Heard {
  if (line === 'WHO') return { type: 'say', lines: `${extended ? 'EXT\n' : ''}IAM ${name}\n` };
  const [word, about] = line.slice(line.startsWith('@') ? line.indexOf(' ') + 1 : 0).split(' ', 2);
  if (word === 'ARR' && about === name) return { type: 'entered' };
  return { type: word === 'ERR' || word === 'TKN' || word === 'WHO' ? 'refused' : 'nothing' };
}
