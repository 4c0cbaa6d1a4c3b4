/** 1.1 to 1.5: servers that greet, refuse or announce wrongly. */

import { type Guest, PageServer } from '../page-server.ts';
import { at, first, type Mutant } from './mutant.ts';

export const entering: readonly Mutant[] = [
  at(
    '1.1',
    'no WHO to a new connection',
    class extends PageServer {
      override greet() {}
    },
  ),
  at(
    '1.1',
    'a new connection is told something else',
    class extends PageServer {
      override greet(guest: Guest) {
        this.send(guest, 'Bienvenue !');
      }
    },
  ),
  at(
    '1.2',
    'a stranger’s MSG reaches everybody, without a name',
    class extends PageServer {
      override stranger(guest: Guest, rest: string) {
        super.stranger(guest, rest);
        if (rest !== '') this.broadcast(`MSG  ${rest}`);
      }
    },
  ),
  at(
    '1.2',
    'a stranger is answered ERR',
    class extends PageServer {
      override stranger(guest: Guest) {
        this.send(guest, 'ERR');
      }
    },
  ),
  at(
    '1.2',
    'a stranger is not answered',
    class extends PageServer {
      override stranger() {}
    },
  ),
  at(
    '1.2',
    'a stranger may list who is there',
    class extends PageServer {
      override stranger(guest: Guest, rest: string) {
        if (rest === '') this.who(guest);
        else super.stranger(guest, rest);
      }
    },
  ),
  at(
    '1.3',
    'TKN for a name with a space',
    class extends PageServer {
      override notAName(guest: Guest, name: string) {
        this.taken(guest, name);
      }
    },
  ),
  at(
    '1.3',
    'ERR with the part before the space',
    class extends PageServer {
      override notAName(guest: Guest, name: string) {
        super.notAName(guest, first(name));
      }
    },
  ),
  at(
    '1.3',
    'a name with a space is let in',
    class extends PageServer {
      override notAName(guest: Guest, name: string) {
        this.arrive(guest, name);
      }
    },
  ),
  at(
    '1.3',
    'a name with a space is cut short and let in',
    class extends PageServer {
      override notAName(guest: Guest, name: string) {
        this.arrive(guest, first(name));
      }
    },
  ),
  at(
    '1.3',
    'ERR, and yet identified by the part before the space',
    class extends PageServer {
      override notAName(guest: Guest, name: string) {
        super.notAName(guest, name);
        guest.name = first(name);
      }
    },
  ),
  at(
    '1.3',
    'ERR to everybody',
    class extends PageServer {
      override notAName(guest: Guest, name: string) {
        super.notAName(guest, name);
        this.broadcast(`ERR ${name}`);
      }
    },
  ),
  at(
    '1.4',
    'ERR for a name in use',
    class extends PageServer {
      override taken(guest: Guest, name: string) {
        this.notAName(guest, name);
      }
    },
  ),
  at(
    '1.4',
    'a name in use is let in',
    class extends PageServer {
      override taken(guest: Guest, name: string) {
        this.arrive(guest, name);
      }
    },
  ),
  at(
    '1.4',
    'TKN without the name',
    class extends PageServer {
      override taken(guest: Guest) {
        this.send(guest, 'TKN');
      }
    },
  ),
  at(
    '1.4',
    'TKN, and yet identified',
    class extends PageServer {
      override taken(guest: Guest, name: string) {
        super.taken(guest, name);
        guest.name = name;
      }
    },
  ),
  at(
    '1.4',
    'TKN to everybody',
    class extends PageServer {
      override taken(guest: Guest, name: string) {
        super.taken(guest, name);
        this.broadcast(`TKN ${name}`);
      }
    },
  ),
  at(
    '1.5',
    'no ARR to the newcomer',
    class extends PageServer {
      override arrive(guest: Guest, name: string) {
        guest.name = name;
        this.broadcast(`ARR ${name}`, guest);
      }
    },
  ),
  at(
    '1.5',
    'no ARR to the others',
    class extends PageServer {
      override arrive(guest: Guest, name: string) {
        guest.name = name;
        this.send(guest, `ARR ${name}`);
      }
    },
  ),
  at(
    '1.5',
    'ARR without the name',
    class extends PageServer {
      override arrive(guest: Guest, name: string) {
        guest.name = name;
        this.broadcast('ARR');
      }
    },
  ),
  at(
    '1.5',
    'ARR twice to the newcomer',
    class extends PageServer {
      override arrive(guest: Guest, name: string) {
        super.arrive(guest, name);
        this.send(guest, `ARR ${name}`);
      }
    },
  ),
];
