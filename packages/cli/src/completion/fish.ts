import type { Description, Flag } from './describe.ts';
import { isFile, valuesOf } from './values.ts';

/** The script for fish. */
export function fish(palabre: Description): string {
  const { commands } = palabre;
  return `# Completion of palabre in fish, as 'palabre completion fish' prints it.
complete -c palabre -f
${palabre.flags.map((one) => flag(one, '__fish_use_subcommand')).join('\n')}
${commands.map(({ name, description }) => `complete -c palabre -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`).join('\n')}
${commands.flatMap(ofCommand).join('\n')}
`;
}

function ofCommand({ name, flags, parameters }: Description): string[] {
  const inCommand = `__fish_seen_subcommand_from ${name}`;
  const choices = parameters.flatMap(({ choices }) => choices);
  const words =
    choices.length > 0 ? [`complete -c palabre -n '${inCommand}' -a ${quoted(choices.join(' '))}`] : [];
  const files = parameters.some(isFile) ? [`complete -c palabre -n '${inCommand}' -F`] : [];
  return [...words, ...files, ...flags.map((one) => flag(one, inCommand))];
}

function flag(one: Flag, condition: string): string {
  const names = one.names.map((name) =>
    name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  return [
    'complete -c palabre',
    `-n '${condition}'`,
    ...names,
    ...after(one),
    `-d ${quoted(one.description)}`,
  ].join(' ');
}

function after(one: Flag): string[] {
  const values = valuesOf(one);
  if (values === 'none') return [];
  if (values === 'file') return ['-r -F'];
  return values === 'any' ? ['-x'] : [`-x -a ${quoted(values.words.join(' '))}`];
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
