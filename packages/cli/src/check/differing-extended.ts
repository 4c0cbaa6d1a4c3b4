import type { Address } from '../address.ts';
import { Between, type Link } from './between.ts';

/** A tag of the line, undefined without it. */
function tag(line: string, key: string): string | undefined {
  return new RegExp(`^@(?:[^ ]*;)?${key}(?:=([^; ]*))?[; ]`).exec(line)?.slice(1, 2).join('');
}

/** The line without that tag. */
function without(line: string, key: string): string {
  if (tag(line, key) === undefined) return line;
  return line
    .replace(new RegExp(`^(@(?:[^ ]*;)?)${key}(?:=[^; ]*)?(?=[; ])`), '$1')
    .replace(/^(@[^ ]*?);;/, '$1;')
    .replace(/^@;/, '@')
    .replace(/^(@[^ ]*); /, '$1 ')
    .replace(/^@ /, '');
}

const body = (line: string): string => line.replace(/^@\S+ /, '');

/** Servers that differ from Palabre in one way of the extended form, by the rule that is to say so. */
export const differingExtended: readonly {
  readonly rule: string;
  readonly what: string;
  readonly Server: new (to: Address) => Between;
}[] = [
  {
    rule: '3.1',
    what: 'refuses keys that it does not know',
    Server: class extends Between {
      override said(line: string) {
        return [/^@\S*x-/.test(line) ? 'XYZ' : line];
      }
    },
  },
  {
    rule: '3.1',
    what: 'does not escape what it writes in values',
    Server: class extends Between {
      override heard(line: string) {
        return [line.replace(/^@\S+/, (tags) => tags.replaceAll('\\\\', '/'))];
      }
    },
  },
  {
    rule: '3.2',
    what: 'answers EXT without the limits',
    Server: class extends Between {
      override heard(line: string) {
        return [body(line).startsWith('EXT ') ? line.replace(/;?line=[^ ]*/, '').replace(/^@ /, '') : line];
      }
    },
  },
  {
    rule: '3.2',
    what: 'gives its tags to plain ones where no rule of the page forbids it',
    Server: class extends Between {
      override heard(line: string, { extended }: Link) {
        return [!extended && line.includes('-plain') ? `@id=1 ${line}` : line];
      }
    },
  },
  {
    rule: '3.3',
    what: 'drops the ref',
    Server: class extends Between {
      override heard(line: string) {
        return [without(line, 'ref')];
      }
    },
  },
  {
    rule: '3.3',
    what: 'gives the ref to everybody',
    Server: class extends Between {
      override heard(line: string, { name }: Link) {
        const own = body(line).startsWith(`MSG ${name} `);
        return [/^@id=\S* MSG /.test(line) && !own ? `@ref=1;${line.slice(1)}` : line];
      }
    },
  },
  {
    rule: '3.3',
    what: 'has seconds for at',
    Server: class extends Between {
      override heard(line: string) {
        return [line.replace(/^(@\S*at=\d{10})\d{3}/, '$1')];
      }
    },
  },
  {
    rule: '3.3',
    what: 'tells another name in two lines',
    Server: class extends Between {
      override heard(line: string) {
        const was = tag(line, 'was');
        return was ? [`LFT ${was}`, without(line, 'was')] : [line];
      }
    },
  },
  {
    rule: '3.4',
    what: 'sends no receipts',
    Server: class extends Between {
      readonly #said = new WeakMap<Link, Set<string>>();
      override said(line: string, link: Link) {
        const said = this.#said.get(link) ?? new Set();
        this.#said.set(link, said.add(body(line).split(' ').at(-1) ?? ''));
        return [line];
      }
      override heard(line: string, link: Link) {
        const own = new RegExp(`^(MSG|PRV) ${link.name} `).test(body(line)) && tag(line, 'old') === undefined;
        return own && link.extended && this.#said.get(link)?.has(line.split(' ').at(-1) ?? '') ? [] : [line];
      }
    },
  },
  {
    rule: '3.4',
    what: 'sends a PRV to oneself and a receipt',
    Server: class extends Between {
      override heard(line: string, { name }: Link) {
        const own = body(line).startsWith(`PRV ${name} `) && tag(line, 'to') === name;
        return own && tag(line, 'old') === undefined ? [line, without(line, 'to')] : [line];
      }
    },
  },
  {
    rule: '3.5',
    what: 'does not say why',
    Server: class extends Between {
      override heard(line: string) {
        return [without(line, 'why')];
      }
    },
  },
  {
    rule: '3.6',
    what: 'says again what is said under the same ref',
    Server: class extends Between {
      readonly #used = new WeakMap<Link, Set<string>>();
      override said(line: string, link: Link) {
        const ref = tag(line, 'ref');
        if (!ref || !/^(MSG|PRV) /.test(body(line))) return [line];
        const used = this.#used.get(link) ?? new Set();
        const again = used.has(ref);
        this.#used.set(link, used.add(ref));
        return [again ? without(line, 'ref') : line];
      }
    },
  },
  {
    rule: '3.6',
    what: 'takes anything for a ref',
    Server: class extends Between {
      override said(line: string) {
        const ref = tag(line, 'ref');
        const none = ref !== undefined && !/^([\w.-]{1,64}|\/)$/.test(ref);
        return [none && body(line).startsWith('MSG ') ? without(line, 'ref') : line];
      }
    },
  },
  {
    rule: '3.7',
    what: 'knows no token again',
    Server: class extends Between {
      override said(line: string) {
        return [without(line, 'token')];
      }
    },
  },
  {
    rule: '3.7',
    what: 'tells of a lost connection at once',
    Server: class extends Between {
      override ends({ server, extended }: Link) {
        server.end(extended ? 'BYE\n' : '');
      }
    },
  },
  {
    rule: '3.7',
    what: 'does not give what one says to one’s other connections',
    Server: class extends Between {
      override heard(line: string, { name }: Link) {
        const own = new RegExp(`^(MSG|PRV) ${name} `).test(body(line)) && tag(line, 'old') === undefined;
        return own && tag(line, 'ref') === undefined && line.includes('-both') ? [] : [line];
      }
    },
  },
  {
    rule: '3.7',
    what: 'replays what was missed unmarked',
    Server: class extends Between {
      readonly #back = new WeakSet<Link>();
      override said(line: string, link: Link) {
        if (tag(line, 'after') !== undefined && body(line).startsWith('IAM ')) this.#back.add(link);
        return [line];
      }
      override heard(line: string, link: Link) {
        return [this.#back.has(link) ? without(line, 'old') : line];
      }
    },
  },
  {
    rule: '3.8',
    what: 'lets plain ones hear what is said in rooms',
    Server: class extends Between {
      override heard(line: string) {
        if (
          tag(line, 'room') !== undefined &&
          tag(line, 'ref') === undefined &&
          body(line).startsWith('MSG ')
        )
          for (const { extended, client } of this.links)
            if (!extended) client.write(`${body(line)}\n`, 'latin1');
        return [line];
      }
    },
  },
  {
    rule: '3.8',
    what: 'counts one too few in each room',
    Server: class extends Between {
      override heard(line: string) {
        return [line.replace(/^((?:@\S+ )?LST \S+ )(\d+)$/, (_, head, members) => `${head}${members - 1}`)];
      }
    },
  },
  {
    rule: '3.9',
    what: 'gives everything, whatever the limit',
    Server: class extends Between {
      override said(line: string) {
        return [body(line) === 'HST' ? without(line, 'limit') : line];
      }
    },
  },
  {
    rule: '3.9',
    what: 'gives private lines to a third',
    Server: class extends Between {
      readonly #private: string[] = [];
      readonly #asking = new WeakSet<Link>();
      override said(line: string, link: Link) {
        if (body(line) === 'HST' && tag(line, 'with') !== undefined) this.#asking.add(link);
        return [line];
      }
      override heard(line: string, link: Link) {
        if (body(line).startsWith('PRV ') && !this.#private.includes(body(line)))
          this.#private.push(body(line));
        if (body(line) !== 'HST' || !this.#asking.delete(link) || tag(line, 'count') !== '0') return [line];
        return [...this.#private.slice(-1).map((line) => `@old;id=1;at=1 ${line}`), line];
      }
    },
  },
  {
    rule: '3.10',
    what: 'answers EXT once alone',
    Server: class extends Between {
      override said(line: string, { name }: Link) {
        return [name !== '' && body(line) === 'EXT' ? line.replace(/EXT$/, 'XYZ') : line];
      }
    },
  },
  {
    rule: '3.11',
    what: 'drops re',
    Server: class extends Between {
      override heard(line: string) {
        return [without(line, 're')];
      }
    },
  },
  {
    rule: '3.13',
    what: 'takes a key that it has not asked for as a wrong one',
    Server: class extends Between {
      override said(line: string) {
        return [tag(line, 'key') === undefined ? line : line.replace('IAM ', 'IAM a ')];
      }
    },
  },
];
