/** Lines of the real grammar, with values that are good, at an edge, or wrong: what a mutation of bytes alone would hardly ever come to. */
import type { Chance } from '../chaos/chance.ts';
import {
  FORGED,
  FUZZ_NAMES,
  NO_TEXTS,
  NUMBERS,
  ODD_NAMES,
  ODD_WORDS,
  REFS,
  ROOMS,
  TEXTS,
  WITNESSES,
  WORDS,
} from './words.ts';

/** What the server has told those who fuzz, so that they can use it. */
export class Learned {
  readonly #tokens: string[] = [];
  #told = 0;
  /** The highest id seen. */
  id = 0;

  token(token: string): void {
    this.#tokens[this.#told++ % 64] = token;
  }

  /** A token of somebody who fuzzes; one that is forged while there is none. */
  someToken(chance: Chance): string {
    return this.#tokens.length > 0 ? chance.pick(this.#tokens) : chance.pick(FORGED);
  }
}

/** Marks in private lines and rooms of those who fuzz: no witness is ever to see one. */
export const NOT_FOR_WITNESSES = '~not-for-witnesses~';

export class Grammar {
  readonly #chance: Chance;
  readonly #learned: Learned;
  #refs = 0;
  /** What it last called itself. */
  #self = 'f0';

  constructor(chance: Chance, learned: Learned) {
    this.#chance = chance;
    this.#learned = learned;
  }

  /** A line without its end. */
  line(): string {
    const chance = this.#chance;
    if (chance.odds(0.02)) return this.#marked();
    if (chance.odds(0.03)) return this.#visit();
    const word = this.#word();
    const rest = this.#rest(word);
    const line = rest === undefined ? word : `${word} ${rest}`;
    return chance.odds(word === 'MSG' || word === 'PRV' || word === 'WHO' ? 0.4 : 0.75)
      ? `@${this.#tags(word)} ${line}`
      : line;
  }

  /** How a session begins: mostly so that it comes in. */
  opening(): string[] {
    const chance = this.#chance;
    const name = chance.odds(0.8) ? `${chance.pick(FUZZ_NAMES)}${chance.between(0, 99)}` : this.#name();
    this.#self = name;
    const lines: string[] = [];
    if (chance.odds(0.65)) lines.push('EXT');
    const tags = chance.odds(0.2)
      ? `@token=${this.#token()};after=${chance.between(0, this.#learned.id)} `
      : chance.odds(0.5)
        ? '@ref=in '
        : '';
    lines.push(`${tags}IAM ${name}`);
    if (chance.odds(0.3)) lines.push(`@room=${chance.pick(ROOMS)} IAM ${name}`);
    return lines;
  }

  // Into a room and out of it again, or not.
  #visit(): string {
    const room = this.#chance.pick(ROOMS);
    return this.#chance.odds(0.6) ? `@room=${room} IAM ${this.#self}` : `@room=${room};ref=out BYE`;
  }

  // Begins with the end of whatever came before, so that it stands as it is: only then is what it says certain.
  #marked(): string {
    const text = `${NOT_FOR_WITNESSES} ${this.#chance.pick(TEXTS.slice(0, 6))}`;
    return this.#chance.odds(0.5)
      ? `\nPRV ${this.#chance.pick(FUZZ_NAMES)} ${text}`
      : `\n@room=${this.#chance.pick(ROOMS)} MSG ${text}`;
  }

  #word(): string {
    const chance = this.#chance;
    const roll = chance.next();
    if (roll < 0.3) return 'MSG';
    if (roll < 0.45) return 'PRV';
    if (roll < 0.57) return 'IAM';
    if (roll < 0.62) return 'WHO';
    if (roll < 0.67) return 'EXT';
    if (roll < 0.73) return 'HST';
    if (roll < 0.76) return 'LST';
    if (roll < 0.765) return 'BYE';
    return chance.odds(0.6) ? chance.pick(WORDS).toLowerCase() : chance.pick(ODD_WORDS);
  }

  #rest(word: string): string | undefined {
    const chance = this.#chance;
    switch (word) {
      case 'MSG':
        return this.#text();
      case 'PRV':
        return `${chance.odds(0.2) ? chance.pick(WITNESSES) : this.#name()} ${this.#text()}`;
      case 'IAM':
        return `${' '.repeat(chance.odds(0.1) ? chance.between(0, 5) : 0)}${this.#name()}${chance.odds(0.1) ? '  ' : ''}`;
      case 'BYE':
      case 'bye':
        // Mostly not quite: one that leaves says nothing any more.
        return chance.odds(0.04) ? undefined : 'x';
      default:
        return chance.odds(0.85) ? undefined : this.#text();
    }
  }

  #name(): string {
    const chance = this.#chance;
    const roll = chance.next();
    if (roll < 0.7) return chance.pick(FUZZ_NAMES);
    if (roll < 0.95) return chance.pick(ODD_NAMES);
    return chance.odds(0.5) ? chance.pick(WITNESSES) : chance.pick(ODD_NAMES) + chance.pick(ODD_NAMES);
  }

  #text(): string {
    const chance = this.#chance;
    const roll = chance.next();
    if (roll < 0.75) return `${chance.pick(TEXTS)} ${chance.pick(TEXTS)}`;
    if (roll < 0.94) return chance.pick(TEXTS);
    if (roll < 0.97) return `${chance.pick(TEXTS)}${chance.pick(NO_TEXTS)}`;
    if (roll < 0.985) return chance.pick(['x', 'é', '😀', '\ufdfa']).repeat(chance.between(1, 700));
    // About as long as a line may be (2.6).
    return 'x'.repeat(chance.between(4085, 4100));
  }

  #tags(word: string): string {
    const chance = this.#chance;
    const count = word === 'HST' ? chance.between(1, 5) : chance.between(1, 3);
    let tags = '';
    for (let i = 0; i < count; i++) tags += `${i > 0 ? ';' : ''}${this.#tag(word)}`;
    if (chance.odds(0.005)) tags += `;x=${'y'.repeat(chance.between(1000 - tags.length, 1030))}`;
    return tags;
  }

  #tag(word: string): string {
    const chance = this.#chance;
    if (word === 'HST' && chance.odds(0.7)) return this.#ofHistory();
    const roll = chance.next();
    if (roll < 0.3) return `ref=${chance.odds(0.8) ? `r${this.#refs++}` : chance.pick(REFS)}`;
    if (roll < 0.5) return `room=${chance.odds(0.85) ? chance.pick(ROOMS) : escaped(this.#name())}`;
    if (roll < 0.6) return `token=${this.#token()}`;
    if (roll < 0.65) return `key=${escaped(chance.pick(TEXTS))}`;
    if (roll < 0.72) return `re=${this.#number()}`;
    if (roll < 0.77) return 'cont';
    if (roll < 0.82) return `after=${this.#number()}`;
    if (roll < 0.92) return this.#ofHistory();
    return chance.pick([
      '',
      '=',
      'x',
      'X=1',
      'ref',
      'ref=1;ref=2',
      'a=\\',
      'é=1',
      'mood=good',
      'id=1;at=2',
      '__proto__=1',
    ]);
  }

  #ofHistory(): string {
    const chance = this.#chance;
    switch (chance.between(0, 5)) {
      case 0:
        return `before=${this.#number()}`;
      case 1:
        return `limit=${chance.odds(0.8) ? chance.between(0, 20) : chance.pick(NUMBERS)}`;
      case 2:
        return `with=${escaped(chance.odds(0.3) ? chance.pick(WITNESSES) : this.#name())}`;
      case 3:
        return `from=${escaped(this.#name())}`;
      case 4:
        return `find=${escaped(chance.pick(TEXTS))}`;
      default:
        return `after=${this.#number()}`;
    }
  }

  #number(): string {
    const { id } = this.#learned;
    return this.#chance.odds(0.7)
      ? String(this.#chance.between(Math.max(0, id - 1000), id + 1))
      : this.#chance.pick(NUMBERS);
  }

  #token(): string {
    const chance = this.#chance;
    if (chance.odds(0.1)) return chance.pick(FORGED);
    // As one of the first who came in would have: the witnesses did.
    if (chance.odds(0.1)) return `${chance.between(0, 40).toString(36)}.${'A'.repeat(22)}`;
    const token = this.#learned.someToken(chance);
    if (chance.odds(0.7)) return token;
    const at = chance.between(0, Math.max(0, token.length - 1));
    return `${token.slice(0, at)}${chance.pick(['A', 'z', '0', '_', '.'])}${token.slice(at + chance.between(0, 1))}`;
  }
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll(';', '\\:').replaceAll(' ', '\\s');
}
