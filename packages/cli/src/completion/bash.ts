import type { Description } from './describe.ts';
import { isFile, valuesOf } from './values.ts';

/** The script for bash. It needs nothing but bash itself. */
export function bash(palabre: Description): string {
  const commands = palabre.commands.map(({ name }) => name);
  const withFile = palabre.commands
    .filter(({ parameters }) => parameters.some(isFile))
    .map(({ name }) => name);
  return `# Completion of palabre in bash, as 'palabre completion bash' prints it.
_palabre() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]} command= i words=
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
      ${commands.join('|')}) command=\${COMP_WORDS[i]}; break ;;
    esac
  done
  COMPREPLY=()
  case $command:$before in
${[palabre, ...palabre.commands].flatMap((command) => afterFlags(command, command === palabre ? '' : command.name)).join('\n')}
  esac
  case $command in
    '') words='${[...commands, ...flagNames(palabre)].join(' ')}' ;;
${palabre.commands.map((command) => `    ${command.name}) words='${wordsOf(command).join(' ')}' ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  case $command in
    ${withFile.join('|')}) compopt -o filenames; COMPREPLY+=($(compgen -f -- "$word")) ;;
  esac
}
complete -F _palabre palabre
`;
}

function afterFlags({ flags }: Description, command: string): string[] {
  return flags.flatMap((flag) => {
    const values = valuesOf(flag);
    if (values === 'none') return [];
    const what = flag.names.map((name) => `${command}:${name}`).join('|');
    if (values === 'any') return [`    ${what}) return ;;`];
    if (values === 'file')
      return [`    ${what}) compopt -o filenames; COMPREPLY=($(compgen -f -- "$word")); return ;;`];
    return [`    ${what}) COMPREPLY=($(compgen -W '${values.words.join(' ')}' -- "$word")); return ;;`];
  });
}

function wordsOf(command: Description): string[] {
  return [...command.parameters.flatMap(({ choices }) => choices), ...flagNames(command)];
}

function flagNames({ flags }: Description): string[] {
  return flags.flatMap(({ names }) => names);
}
