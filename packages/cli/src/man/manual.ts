import type { Description, Flag } from '../completion/describe.ts';
import { bold, escaped, item, prose, section, subsection } from './roff.ts';

/** The manual page of the whole program, palabre(1). */
export function manual(palabre: Description, version: string): string {
  const { name, description, flags, after } = palabre;
  const commands = palabre.commands.flatMap(withOwn);
  return [
    `.TH ${name.toUpperCase()} 1 "" "Palabre ${version}"`,
    section('name'),
    `${escaped(name)} \\- ${escaped(description)}`,
    section('synopsis'),
    ...commands.map((command) => `.PP\n${escaped(plainUsage(name, command))}`),
    section('commands'),
    ...commands.flatMap((command) => ofCommand(name, command)),
    section('options'),
    ...flags.map(ofFlag),
    prose(after),
    '',
  ].join('\n');
}

/** A command, and after it those that are its own, under their whole names. */
function withOwn(command: Description): Description[] {
  return [command, ...command.commands.map((own) => ({ ...own, name: `${command.name} ${own.name}` }))];
}

function ofCommand(program: string, command: Description): string[] {
  const { description, parameters, flags, after } = command;
  return [
    subsection(plainUsage(program, command)),
    prose(sentence(description)),
    ...parameters.map((one) => item(bold(one.usage), sentence(one.description))),
    ...flags.map(ofFlag),
    ...(after ? [prose(after)] : []),
  ];
}

function plainUsage(program: string, { name, parameters }: Description): string {
  return [program, name, '[OPTIONS]', ...parameters.map(({ usage }) => usage)].join(' ');
}

function ofFlag({ names, value, description, choices, default: standard, env }: Flag): string {
  const term = names.map(bold).join(', ');
  const more = [
    ...(choices.length > 0 ? [`One of ${choices.join(', ')}.`] : []),
    ...(standard === undefined ? [] : [`Default: ${standard}.`]),
    ...(env === undefined ? [] : [`Environment: ${env}.`]),
  ];
  return item(
    value === undefined ? term : `${term} ${escaped(value)}`,
    [sentence(description), ...more].join(' '),
  );
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?]$/.test(text) ? '' : '.');
}
