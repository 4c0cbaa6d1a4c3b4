/** Who is there and how things stand, from what the chat says and what the connections are. */
import { performance } from 'node:perf_hooks';
import type { Survey } from '../chat/effects.ts';
import type { Connection, Connections } from '../listeners/connections.ts';
import type { Person, Stats } from './answers.ts';

/** A row for each connection, and for each member that has none, in order of arrival; strangers last. */
export function peopleOf({ members }: Survey, connections: Connections): Person[] {
  const people: Person[] = [];
  const seen = new Set<Connection>();
  for (const { name, connections: ids, rooms } of members) {
    if (ids.length === 0) people.push({ ...NO_CONNECTION, name, rooms });
    for (const id of ids) {
      const connection = connections.get(id);
      // One that has just been cut may not have been told to the chat yet.
      if (!connection) continue;
      seen.add(connection);
      people.push(personOf(connection, name, rooms));
    }
  }
  for (const connection of connections.all())
    if (!seen.has(connection)) people.push(personOf(connection, null, []));
  return people;
}

const NO_CONNECTION = {
  address: null,
  listener: null,
  form: null,
  ageMs: null,
  queuedBytes: null,
} as const;

function personOf(connection: Connection, name: string | null, rooms: readonly string[]): Person {
  const { remote, outlet, openedAt } = connection;
  return {
    name,
    address: remote.address,
    listener: remote.listener,
    form: outlet.form,
    ageMs: Math.round(performance.now() - openedAt),
    queuedBytes: outlet.owed,
    rooms,
  };
}

/** What there is of people, rooms and messages. */
export function countsOf(
  { members, rooms, messages }: Survey,
  connections: Connections,
): Pick<Stats, 'connections' | 'members' | 'lingering' | 'rooms' | 'messages'> {
  const count = { all: 0, tcp: 0, tls: 0, http: 0, plain: 0, extended: 0, strangers: 0 };
  for (const { remote, outlet, conversation } of connections.all()) {
    count.all++;
    count[remote.listener]++;
    count[outlet.form]++;
    if (!conversation.identified) count.strangers++;
  }
  const lingering = members.filter(({ connections }) => connections.length === 0).length;
  return { connections: count, members: members.length, lingering, rooms, messages };
}
