/** 1.6 to 1.9: servers that list, pass on or refuse wrongly. */

import { type Guest, PageServer } from '../page-server.ts';
import { at, first, type Mutant } from './mutant.ts';

export const talking: readonly Mutant[] = [
  at(
    '1.6',
    'the list lacks the asker',
    class extends PageServer {
      override who(guest: Guest) {
        const others = this.members.filter((member) => member !== guest);
        this.send(guest, `WHO ${others.map(({ name }) => name).join(' ')}`);
      }
    },
  ),
  at(
    '1.6',
    'the list goes to everybody',
    class extends PageServer {
      override who() {
        for (const member of this.members) super.who(member);
      }
    },
  ),
  at(
    '1.6',
    'WHO is not answered',
    class extends PageServer {
      override who() {}
    },
  ),
  at(
    '1.6',
    'WHO is answered with the number of people',
    class extends PageServer {
      override who(guest: Guest) {
        this.send(guest, `WHO ${this.members.length}`);
      }
    },
  ),
  at(
    '1.7',
    'the sender gets its own MSG',
    class extends PageServer {
      override msg(_guest: Guest, name: string, text: string) {
        this.broadcast(`MSG ${name} ${text}`);
      }
    },
  ),
  at(
    '1.7',
    'MSG without the sender’s name',
    class extends PageServer {
      override msg(guest: Guest, _name: string, text: string) {
        this.broadcast(`MSG ${text}`, guest);
      }
    },
  ),
  at(
    '1.7',
    'MSG twice',
    class extends PageServer {
      override msg(guest: Guest, name: string, text: string) {
        super.msg(guest, name, text);
        super.msg(guest, name, text);
      }
    },
  ),
  at(
    '1.7',
    'MSG to one of the others only',
    class extends PageServer {
      override msg(guest: Guest, name: string, text: string) {
        const other = this.members.find((member) => member !== guest);
        if (other) this.send(other, `MSG ${name} ${text}`);
      }
    },
  ),
  at(
    '1.7',
    'MSG to nobody',
    class extends PageServer {
      override msg() {}
    },
  ),
  at(
    '1.8',
    'PRV also to a third',
    class extends PageServer {
      override whisper(guest: Guest, name: string, _other: Guest, text: string) {
        this.broadcast(`PRV ${name} ${text}`, guest);
      }
    },
  ),
  at(
    '1.8',
    'PRV also to the sender',
    class extends PageServer {
      override whisper(guest: Guest, name: string, other: Guest, text: string) {
        super.whisper(guest, name, other, text);
        this.send(guest, `PRV ${name} ${text}`);
      }
    },
  ),
  at(
    '1.8',
    'PRV with the name of the one that it is for',
    class extends PageServer {
      override whisper(guest: Guest, name: string, other: Guest, text: string) {
        super.whisper(guest, other.name ?? name, other, text);
      }
    },
  ),
  at(
    '1.8',
    'PRV arrives as MSG',
    class extends PageServer {
      override whisper(_guest: Guest, name: string, other: Guest, text: string) {
        this.send(other, `MSG ${name} ${text}`);
      }
    },
  ),
  at(
    '1.9',
    'ERR with the name of the one who is not there',
    class extends PageServer {
      override nobody(guest: Guest, name: string, rest: string) {
        super.nobody(guest, first(rest) || name, rest);
      }
    },
  ),
  at(
    '1.9',
    'PRV to nobody is passed over in silence',
    class extends PageServer {
      override nobody() {}
    },
  ),
  at(
    '1.9',
    'PRV to nobody reaches everybody',
    class extends PageServer {
      override nobody(guest: Guest, name: string, rest: string) {
        super.nobody(guest, name, rest);
        this.broadcast(`PRV ${name} ${rest}`, guest);
      }
    },
  ),
];
