/** Text in the language of manual pages, man(7). */

/** Text as it stands, whatever it holds. */
export function escaped(text: string): string {
  // A hyphen may become another dash; a line that begins with a dot or an apostrophe would be a request.
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/gm, '\\&');
}

export function bold(text: string): string {
  return `\\fB${escaped(text)}\\fR`;
}

export function section(title: string): string {
  return `.SH ${title.toUpperCase()}`;
}

export function subsection(title: string): string {
  return `.SS "${escaped(title).replaceAll('"', '\\(dq')}"`;
}

/** A paragraph with a term before it. The term is roff already. */
export function item(term: string, text: string): string {
  return `.TP\n${term}\n${escaped(text)}`;
}

/** Paragraphs, which blank lines part. Lines that are indented keep their form: examples. */
export function prose(text: string): string {
  return text
    .split(/\n{2,}/)
    .map((paragraph) => `.PP\n${blocks(paragraph.split('\n')).join('\n')}`)
    .join('\n');
}

function blocks(lines: readonly string[]): string[] {
  let example = false;
  const written = lines.flatMap((line) => {
    const indented = line.startsWith('  ');
    const turn = indented === example ? [] : [indented ? '.EX' : '.EE'];
    example = indented;
    return [...turn, escaped(indented ? line.slice(2) : line)];
  });
  return example ? [...written, '.EE'] : written;
}
