/**
 * What is remembered from one run to the next: at which servers one was, as whom, and what it takes to come back (a token). In
 * `$XDG_STATE_HOME/palabre/servers.json` (`~/.local/state`), which nobody else can read: whoever has a token is that member.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Session } from '@palabre/client';
import { nameKey } from '@palabre/protocol';

/** A server where one was. */
export interface Visit {
  /** As `toAddressText` writes it. */
  readonly address: string;
  readonly name: string;
  /** The room that was looked at last; absent: the lobby. */
  readonly room?: string | undefined;
  /** Absent after a good-bye. */
  readonly session?: Session | undefined;
}

const MOST_VISITS = 20;

/** Where the file is. */
export function memoryFile(env: NodeJS.ProcessEnv = process.env): string {
  // The XDG base directory specification: what is not an absolute path is to be ignored.
  const { XDG_STATE_HOME: given } = env;
  const state = given?.startsWith('/') ? given : join(homedir(), '.local', 'state');
  return join(state, 'palabre', 'servers.json');
}

export class Memory {
  readonly #file: string;

  constructor(file: string = memoryFile()) {
    this.#file = file;
  }

  /** The latest first. Empty where there is no file, or none that can be read. */
  get visits(): readonly Visit[] {
    try {
      const kept: unknown = JSON.parse(readFileSync(this.#file, 'utf8'));
      return Array.isArray(kept) ? kept.filter(isVisit) : [];
    } catch {
      return [];
    }
  }

  /** The latest visit to that server, as that name if one is given. */
  find(address: string, name?: string): Visit | undefined {
    return this.visits.find(
      (visit) => visit.address === address && (name === undefined || sameName(visit.name, name)),
    );
  }

  /** Keeps it as the latest, in place of the one as `was`. The file is replaced in one step. Throws where it can't be written. */
  keep(visit: Visit, was: string = visit.name): void {
    const others = this.visits.filter(
      ({ address, name }) =>
        address !== visit.address || !(sameName(name, visit.name) || sameName(name, was)),
    );
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    const fresh = `${this.#file}.${process.pid}`;
    writeFileSync(fresh, `${JSON.stringify([visit, ...others].slice(0, MOST_VISITS), null, 1)}\n`, {
      mode: 0o600,
    });
    renameSync(fresh, this.#file);
  }
}

function sameName(one: string, other: string): boolean {
  return nameKey(one) === nameKey(other);
}

function isVisit(value: unknown): value is Visit {
  if (!isRecord(value)) return false;
  const { address, name, room, session } = value;
  if (typeof address !== 'string' || typeof name !== 'string') return false;
  return (room === undefined || typeof room === 'string') && (session === undefined || isSession(session));
}

function isSession(value: unknown): value is Session {
  if (!isRecord(value)) return false;
  const { name, token, after, rooms = [] } = value;
  if (typeof name !== 'string' || typeof token !== 'string') return false;
  if (after !== undefined && typeof after !== 'number') return false;
  return Array.isArray(rooms) && rooms.every((room) => typeof room === 'string');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
