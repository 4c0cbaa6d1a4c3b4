import type { Command } from '../chat/commands.ts';

/**
 * Puts commands in one order and gives each its id. Whoever appends learns nothing by it: what a command comes to reaches it as
 * effects, be the log in this process or elsewhere.
 */
export interface Log {
  append(command: Command): void;
}

/** Is given every command once, in the log's order. `id` grows and is never used twice; `at`: ms since 1970. */
export type Apply = (command: Command, id: number, at: number) => void;
