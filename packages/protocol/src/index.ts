/** The language of Palabre: words, lines, tags, names, limits. No I/O; runs in a browser. Rules: docs/protocol.md. */
export * from './limits.ts';
export * from './lines.ts';
export * from './names.ts';
export * from './says.ts';
export * from './splitter.ts';
export * from './tags.ts';
export * from './text.ts';
export * from './utf8.ts';
