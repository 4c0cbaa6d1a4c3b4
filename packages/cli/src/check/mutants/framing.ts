/** 1.0: servers that can't tell a line. */

import { type Guest, PageServer } from '../page-server.ts';
import { at, first, type Mutant } from './mutant.ts';

export const framing: readonly Mutant[] = [
  at(
    '1.0',
    'a segment is a line',
    class extends PageServer {
      override read(guest: Guest, chunk: Buffer) {
        this.line(guest, chunk.toString('utf8').trimEnd());
      }
    },
  ),
  at(
    '1.0',
    'of several lines in a segment only the first is read',
    class extends PageServer {
      override read(guest: Guest, chunk: Buffer) {
        super.read(guest, chunk.subarray(0, chunk.indexOf('\n') + 1 || undefined));
      }
    },
  ),
  at(
    '1.0',
    'a line in two segments is two',
    class extends PageServer {
      override read(guest: Guest, chunk: Buffer) {
        super.read(guest, chunk.at(-1) === 10 ? chunk : Buffer.concat([chunk, Buffer.from('\n')]));
      }
    },
  ),
  at(
    '1.0',
    'the part of a line that came first is lost',
    class extends PageServer {
      override read(guest: Guest, chunk: Buffer) {
        super.read(guest, chunk);
        guest.unread = '';
      }
    },
  ),
  at(
    '1.0',
    'only the first word of MSG arrives',
    class extends PageServer {
      override msg(guest: Guest, name: string, text: string) {
        super.msg(guest, name, first(text));
      }
    },
  ),
  at(
    '1.0',
    'only the first word of PRV arrives',
    class extends PageServer {
      override whisper(guest: Guest, name: string, other: Guest, text: string) {
        super.whisper(guest, name, other, first(text));
      }
    },
  ),
  at(
    '1.0',
    'two spaces become one',
    class extends PageServer {
      override msg(guest: Guest, name: string, text: string) {
        super.msg(guest, name, text.replaceAll(/ +/g, ' '));
      }
    },
  ),
  at(
    '1.0',
    'UTF-8 is read as Latin-1',
    class extends PageServer {
      override line(guest: Guest, line: string) {
        super.line(guest, Buffer.from(line).toString('latin1'));
      }
    },
  ),
  at(
    '1.0',
    'what is not ASCII becomes a question mark',
    class extends PageServer {
      override send(guest: Guest, line: string) {
        super.send(guest, line.replaceAll(/[^ -~]/g, '?'));
      }
    },
  ),
];
