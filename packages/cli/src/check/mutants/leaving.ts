/** 1.10 and 1.11: servers that don't tell who left. */

import { type Guest, PageServer } from '../page-server.ts';
import { at, type Mutant } from './mutant.ts';

export const leaving: readonly Mutant[] = [
  at(
    '1.10',
    'no LFT to the leaver',
    class extends PageServer {
      override bye(guest: Guest, name: string) {
        this.broadcast(`LFT ${name}`, guest);
        guest.name = undefined;
      }
    },
  ),
  at(
    '1.10',
    'the leaver is not answered but cut off',
    class extends PageServer {
      override bye(guest: Guest) {
        guest.socket.end();
      }
    },
  ),
  at(
    '1.10',
    'no LFT to the others',
    class extends PageServer {
      override bye(guest: Guest, name: string) {
        this.send(guest, `LFT ${name}`);
        guest.name = undefined;
      }
    },
  ),
  at(
    '1.10',
    'LFT without the name',
    class extends PageServer {
      override bye(guest: Guest) {
        this.broadcast('LFT');
        guest.name = undefined;
      }
    },
  ),
  at(
    '1.10',
    'BYE is passed over in silence',
    class extends PageServer {
      override bye() {}
    },
  ),
  at(
    '1.11',
    'nobody is told of a connection that ends',
    class extends PageServer {
      override lost(guest: Guest, name: string, error: boolean) {
        if (error) super.lost(guest, name, error);
      }
    },
  ),
  at(
    '1.11',
    'nobody is told of a connection that breaks',
    class extends PageServer {
      override lost(guest: Guest, name: string, error: boolean) {
        if (!error) super.lost(guest, name, error);
      }
    },
  ),
];
