import { type Guest, PageServer } from './page-server.ts';

/**
 * Page servers that are right by the page and differ from Palabre where the plain page server happens to agree with it:
 * by the rule and a part of the title of the check that is to say so.
 */
export const differing: readonly {
  readonly rule: string;
  readonly title: string;
  readonly Server: new () => PageServer;
}[] = [
  {
    rule: '1.0',
    title: 'ends its lines with LF',
    Server: class extends PageServer {
      override send(guest: Guest, line: string) {
        super.send(guest, `${line}\r`);
      }
    },
  },
  {
    rule: '1.2',
    title: 'an empty line',
    Server: class extends PageServer {
      override line(guest: Guest, line: string) {
        if (line !== '') super.line(guest, line);
      }
    },
  },
  {
    rule: '1.6',
    title: 'in order of arrival',
    Server: class extends PageServer {
      override who(guest: Guest) {
        for (const { name } of this.members.toReversed()) this.send(guest, `WHO ${name}`);
      }
    },
  },
  {
    rule: '1.7',
    title: 'hears nothing',
    Server: class extends PageServer {
      override broadcast(line: string, but?: Guest) {
        for (const guest of this.guests) if (guest !== but) this.send(guest, line);
      }
    },
  },
  {
    rule: '2.1',
    title: 'byte for byte',
    Server: class extends PageServer {
      override line(guest: Guest, line: string) {
        super.line(guest, line.trimEnd());
      }
    },
  },
  {
    rule: '2.2',
    title: 'up to 32 code points',
    Server: class extends PageServer {
      override iam(guest: Guest, name: string) {
        if (name.length > 20) this.notAName(guest, name);
        else super.iam(guest, name);
      }
    },
  },
  {
    rule: '2.3',
    title: 'held at once',
    Server: class extends PageServer {
      readonly used = new Set<string>();
      override arrive(guest: Guest, name: string) {
        this.used.add(name);
        super.arrive(guest, name);
      }
      override find(name: string) {
        return super.find(name) ?? (this.used.has(name) ? [...this.guests][0] : undefined);
      }
    },
  },
  {
    rule: '2.3',
    title: 'leaves the old name',
    Server: class extends PageServer {
      override taken(guest: Guest, name: string) {
        guest.name = undefined;
        super.taken(guest, name);
      }
    },
  },
  {
    rule: '2.4',
    title: 'an empty line is ignored',
    Server: class extends PageServer {
      override line(guest: Guest, line: string) {
        if (line === '') this.send(guest, 'ERR');
        else super.line(guest, line);
      }
    },
  },
  {
    rule: '2.4',
    title: 'PRV to oneself',
    Server: class extends PageServer {
      override whisper(guest: Guest, name: string, other: Guest, text: string) {
        if (guest === other) this.nobody(guest, name, text);
        else super.whisper(guest, name, other, text);
      }
    },
  },
  {
    rule: '2.6',
    title: '4,096 bytes is accepted',
    Server: class extends PageServer {
      override msg(guest: Guest, name: string, text: string) {
        super.msg(guest, name, text.slice(0, 500));
      }
    },
  },
  {
    rule: '2.7',
    title: 'what else there is in Unicode',
    Server: class extends PageServer {
      override msg(guest: Guest, name: string, text: string) {
        super.msg(guest, name, text.normalize('NFKC'));
      }
    },
  },
  {
    rule: '2.8',
    title: 'in one order',
    Server: class extends PageServer {
      /** Every second listener hears the speakers one place later. */
      readonly late = new Map<Guest, string>();
      override msg(guest: Guest, name: string, text: string) {
        if (!/-n\d/.test(text)) return super.msg(guest, name, text);
        for (const [i, member] of this.members.entries()) {
          if (member === guest) continue;
          const line = `MSG ${name} ${text}`;
          const held = this.late.get(member);
          if (i % 2 === 0 || text.endsWith('-n29')) {
            this.send(member, line);
            if (held) this.send(member, held);
            this.late.delete(member);
          } else if (held) {
            this.send(member, line);
            this.send(member, held);
            this.late.delete(member);
          } else this.late.set(member, line);
        }
      }
    },
  },
  {
    rule: '2.8',
    title: 'takes effect in the order',
    Server: class extends PageServer {
      override read(guest: Guest, chunk: Buffer) {
        const lines = chunk.toString('utf8').split('\n');
        const bye = lines.length > 2 ? lines.indexOf('BYE') : -1;
        if (bye > 0) lines.splice(1, 0, ...lines.splice(bye, 1));
        super.read(guest, Buffer.from(lines.join('\n')));
      }
    },
  },
];
