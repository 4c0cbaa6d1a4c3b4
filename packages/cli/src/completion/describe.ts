/** A program as its definition describes it, in plain data: what completion and the manual page are made from. */
import type { Argument, Command, Option } from 'commander';

export interface Flag {
  /** `--name`, and the short one if there is one. */
  readonly names: readonly string[];
  /** What stands for its value; absent: it takes none. */
  readonly value?: string | undefined;
  readonly description: string;
  readonly choices: readonly string[];
  /** As the help shows it. */
  readonly default?: string | undefined;
  readonly env?: string | undefined;
}

export interface Parameter {
  /** `<ADDRESS>`, `[TEXT...]`. */
  readonly usage: string;
  readonly description: string;
  readonly choices: readonly string[];
}

export interface Description {
  readonly name: string;
  readonly description: string;
  readonly flags: readonly Flag[];
  readonly parameters: readonly Parameter[];
  readonly commands: readonly Description[];
  /** What its help says after the flags: examples, exit status. */
  readonly after: string;
}

export function describe(command: Command): Description {
  const help = command.createHelp();
  return {
    name: command.name(),
    description: command.description(),
    flags: help.visibleOptions(command).map(describeFlag),
    parameters: command.registeredArguments.map((argument) => ({
      usage: usageOf(argument),
      description: argument.description,
      choices: argument.argChoices ?? [],
    })),
    commands: command.commands.map(describe),
    after: textAfter(command),
  };
}

function usageOf(argument: Argument): string {
  const name = argument.name() + (argument.variadic ? '...' : '');
  return argument.required ? `<${name}>` : `[${name}]`;
}

function describeFlag(option: Option): Flag {
  const {
    short,
    long,
    flags,
    description,
    argChoices = [],
    envVar,
    defaultValue,
    defaultValueDescription,
  } = option;
  const [, value] = /[<[](.+?)[\]>]$/.exec(flags) ?? [];
  const standard = defaultValue === undefined ? undefined : (defaultValueDescription ?? String(defaultValue));
  return {
    names: [short, long].filter((name) => name !== undefined),
    value,
    description,
    choices: argChoices,
    default: value === undefined ? undefined : standard,
    env: envVar,
  };
}

/** What commander shows after the help proper: it keeps no list of it, and has to be asked for the whole. */
function textAfter(command: Command): string {
  let whole = '';
  command.configureOutput({
    writeOut: (text) => {
      whole += text;
    },
  });
  command.outputHelp();
  return whole.slice(command.helpInformation().length).trim();
}
