/** A server that speaks the extended form, and in every place where it can says what would drive a terminal. */
import { type Scripted, scriptedServer } from './scripted.ts';

const EVIL = [
  '\x1b]0;owned\x07',
  '\x1b[2J',
  '\x9b31m',
  '\b\b\b',
  '\x1b[5n',
  '\u2028',
  '\x00',
  '\x1bP1$q\x1b\\',
];

/** Says everything evil that it knows to whoever enters, then, as `bo`, `all is well`. */
export function hostileServer(): Promise<Scripted> {
  return scriptedServer(answer);
}

function answer(line: string): string {
  const [, ref = ''] = /^@(?:[^ ]*;)?ref=([^; ]+)/.exec(line) ?? [];
  const [word = '', name = ''] = line.replace(/^@\S+ /, '').split(' ');
  switch (word) {
    case 'EXT':
      return `@ref=${ref};line=4096 EXT evil/1.0\n`;
    case 'IAM':
      return `@ref=${ref};id=1;at=1;token=x ARR ${name}\n${curses().join('\n')}\n@id=9999999;at=1 MSG bo all is well\n`;
    case 'HST':
      return `@ref=${ref};old;id=1;at=1 MSG bo ${EVIL[0]}\n@ref=${ref};count=1 HST\n`;
    case 'WHO':
      return `@ref=${ref} WHO ${name} ${EVIL.join(' ')}\n`;
    case 'MSG':
      return `@ref=${ref};why=no\\r\\n${EVIL[1]} ERR ${EVIL[2]}\n@ref=${ref};why=\\n\\r ERR x\n`;
    case 'BYE':
      return `@ref=${ref} LFT ana\n`;
    default:
      return '';
  }
}

function curses(): string[] {
  let id = 2;
  return EVIL.flatMap((evil) => [
    `@id=${id++};at=1 MSG bo ${evil}`,
    `@id=${id++};at=1 MSG b${evil}o hi`,
    `@id=${id++};at=1;room=${evil} MSG bo hi`,
    `@id=${id++};at=1 PRV ${evil} hi`,
    `@at=1 ARR ${evil}`,
    `@at=1;was=${evil} ARR cy`,
    `@at=1;why=${evil} LFT cy`,
    `@why=${evil} ERR ${evil}`,
    `@why=\\n\\r ERR ${evil}`,
    `ERR ${evil}`,
    `TKN ${evil}`,
    evil,
  ]);
}
