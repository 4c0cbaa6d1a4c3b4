import { bash } from './bash.ts';
import type { Description } from './describe.ts';
import { fish } from './fish.ts';
import { zsh } from './zsh.ts';

/** The shells that can be taught, each with what makes its script. */
export const SHELLS: ReadonlyMap<string, (palabre: Description) => string> = new Map(
  Object.entries({ bash, zsh, fish }).map(([shell, script]) => [
    shell,
    (palabre) => script({ ...palabre, commands: palabre.commands.map(flat) }),
  ]),
);

/** A command that has commands of its own: their names may follow it, and then any of their flags. */
function flat(command: Description): Description {
  const { commands } = command;
  if (commands.length === 0) return command;
  const names = { usage: '<COMMAND>', description: '', choices: commands.map(({ name }) => name) };
  const flags = [command, ...commands].flatMap(({ flags }) => flags);
  const known = new Set<string>();
  return {
    ...command,
    parameters: [names],
    flags: flags.filter(({ names }) => {
      const name = names.join();
      return !known.has(name) && known.add(name);
    }),
  };
}
