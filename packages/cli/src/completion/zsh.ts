import type { Description, Flag, Parameter } from './describe.ts';
import { isFile, valuesOf } from './values.ts';

/** The script for zsh. */
export function zsh(palabre: Description): string {
  const { commands } = palabre;
  return `#compdef palabre
# Completion of palabre in zsh, as 'palabre completion zsh' prints it.
_palabre() {
  local state line
  local -a commands
  commands=(
${commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`).join('\n')}
  )
  _arguments -C ${[...palabre.flags.flatMap(flag), quoted('1: :->command'), quoted('*:: :->rest')].join(' ')}
  case $state in
    command) _describe command commands ;;
    rest)
      case $line[1] in
${commands.map(ofCommand).join('\n')}
      esac ;;
  esac
}
if [[ $funcstack[1] == _palabre ]]; then _palabre "$@"; else compdef _palabre palabre; fi
`;
}

function ofCommand({ name, flags, parameters }: Description): string {
  const specs = [...flags.flatMap(flag), ...parameters.map(parameter)];
  return `        ${name}) _arguments ${specs.join(' ')} ;;`;
}

function flag(one: Flag): string[] {
  const values = valuesOf(one);
  const explained = `[${one.description.replace(/[[\]:\\]/g, '\\$&')}]`;
  const after = values === 'none' ? '' : `:${(one.value ?? '').replaceAll(':', '\\:')}:${action(values)}`;
  // Each of its names rules out the others.
  const others = one.names.length > 1 ? `(${one.names.join(' ')})` : '';
  return one.names.map((name) => quoted(`${others}${name}${explained}${after}`));
}

function parameter(one: Parameter): string {
  const { usage, choices } = one;
  const words = choices.length > 0 ? `(${choices.join(' ')})` : ' ';
  const many = usage.includes('...') ? '*' : '';
  return quoted(`${many}:${usage.replaceAll(':', '\\:')}:${isFile(one) ? '_files' : words}`);
}

function action(values: Exclude<ReturnType<typeof valuesOf>, 'none'>): string {
  if (values === 'file') return '_files';
  return values === 'any' ? ' ' : `(${values.words.join(' ')})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
