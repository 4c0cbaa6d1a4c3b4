/**
 * The page's model, put together: who knows whom.
 *
 *     client library ─▶ session ─▶ hearing ─▶ conversations ─▶ conversation ─┬─▶ timeline ─▶ fold ─▶ items
 *                                                                            ├─▶ reading ─▶ unread, mark
 *     the box ─▶ commands ─▶ perform                                         │
 *            └─▶ text ─▶ conversation.say ─▶ utterances ─────────────────────┘
 *
 * What comes is taken once a turn of the event loop, in one batch of signals; what is said is shown before it goes out. Nothing here knows of the
 * document: the device's store, the clock and the connection are given.
 */

import { type Chat, type Clock, type ConnectOptions, connect } from '@palabre/client';
import { nameKey } from '@palabre/protocol';
import { computed, effect, signal, untracked } from '@preact/signals';
import { announcements } from './announcements.ts';
import type { App, Line, Panel, Problem } from './app.ts';
import { askWhoIsIn, catchUp, countUnread } from './catch-up.ts';
import { type Command, readBox } from './commands.ts';
import { complete } from './completion.ts';
import type { Conversation, Surroundings } from './conversation.ts';
import { Conversations } from './conversations.ts';
import { Device, type Store } from './device.ts';
import type { LineEntry } from './entries.ts';
import { entryForm } from './entry.ts';
import { type HearingOwner, hear } from './hearing.ts';
import { readInvitation } from './invitation.ts';
import type { KeptSession } from './kept-session.ts';
import { Mentions } from './mentions.ts';
import { nameProblem } from './names.ts';
import { perform } from './perform.ts';
import { problemOf } from './problems.ts';
import { Rooms } from './rooms.ts';
import { Search } from './search.ts';
import { Session } from './session.ts';
import { keptSettings } from './settings.ts';
import { readyText } from './text.ts';

export interface AppOptions {
  /** The server's: `wss://host/chat`. */
  readonly address: string;
  /** What is kept on the device: `localStorage`. */
  readonly store: Store;
  /** What the address of the page says after `#`: it may invite one. */
  readonly hash?: string | undefined;
  /** What it said before the page was loaded again: it counts for whoever has not entered yet. */
  readonly hashBefore?: string | undefined;
  /** Calls the listener when another tab has changed the store, with the key (`null`: all). Absent: there are no other tabs. */
  readonly watch?: ((listener: (key: string | null) => void) => void) | undefined;
  /** For tests. */
  readonly clock?: Clock | undefined;
  /** For tests: ms since 1970. */
  readonly now?: (() => number) | undefined;
  /** For tests. */
  readonly connect?: ((address: string, options: ConnectOptions) => Promise<Chat>) | undefined;
}

const pageClock: Clock = {
  now: () => performance.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

export function createApp(options: AppOptions): App {
  const { address, store, hash, hashBefore = '', watch, clock = pageClock, now = Date.now } = options;
  const device = new Device(store, clock);
  const settings = keptSettings(device);
  const extended = signal(true);
  const me = signal('');
  const waiting = signal(0);
  const looked = signal(true);
  const panel = signal<Panel | undefined>(undefined);
  const mentions = new Mentions();
  const invitation = readInvitation(hash || (device.get('session') ? '' : hashBefore), now());
  let goingTo = invitation?.room;
  let turns = 0;

  const around: Surroundings = {
    chat: () => session.chat,
    take: () => session.take(),
    online: () => session.line.peek().state === 'connected',
    extended,
    me,
    myKey: computed(() => nameKey(me.value)),
    showComings: settings.showComings,
    device,
    now,
    turn: () => ++turns,
    waiting: () => {
      waiting.value = [...conversations.all()].reduce((sum, one) => sum + one.waiting, 0);
    },
    refused: (problem) => {
      announced.value = { type: 'problem', problem };
    },
    attended: (one) => looked.peek() && conversations.current.peek() === one && !one.timeline.hasNewer.peek(),
  };
  const conversations = new Conversations(around);

  const said = (line: LineEntry, conversation: Conversation): void => {
    mentions.add([line], conversation);
    const urgent = line.mention || (conversation.kind === 'private' && !line.own);
    if (urgent && !looked.peek()) app.onNotify(conversation.alone(line), conversation);
  };
  const counted = (lines: readonly LineEntry[], one: Conversation): void => mentions.add(lines, one);
  const hearing: HearingOwner = {
    conversations,
    said,
    renamed: (name) => {
      me.value = name;
    },
    entered: (room) => countUnread(room, conversations, counted),
  };

  /** Somebody new to the server, since the line was lost. */
  let fresh = false;
  const session = new Session({
    ...{ address, device, clock, now, connect: options.connect ?? connect },
    heard: (event) => {
      if (event.type === 'gap') for (const one of conversations.all()) void one.mend(fresh);
      else if (event.type === 'refused') around.refused({ what: 'nobody' });
      else hear(event, hearing);
    },
    connected: (chat, resumed) => {
      fresh = !resumed;
      me.value = chat.name;
      if (extended.peek() && !chat.promises.extended) startPlain();
      for (const room of chat.session?.rooms ?? []) conversations.room(room);
      catchUp(chat, conversations, counted);
      if (goingTo !== undefined) void rooms.enterRoom(goingTo);
      goingTo = undefined;
    },
    over: (problem, kept, next) => {
      const open = conversations.current.peek().key;
      for (const one of conversations.all()) {
        if (problem || kept) one.abandon();
        else one.forget();
      }
      if (!kept) device.put('privates', undefined);
      device.save();
      entry.name.value = me.peek() || entry.name.peek();
      entry.fail(problem);
      device.put('name', entry.name.peek());
      me.value = '';
      extended.value = true;
      mentions.clear();
      panel.value = undefined;
      conversations.reset();
      if (next) comeBack(next, open);
    },
  });

  const line = computed((): Line => ({ ...session.line.value, waiting: waiting.value }));
  const announced = announcements(session.stage, conversations.opened, line);

  function startPlain(): void {
    extended.value = false;
    for (const room of [...conversations.rooms]) conversations.left(room);
    for (const one of conversations.all()) one.startPlain();
  }

  const entry = entryForm({
    name: session.kept?.name ?? readName(device),
    invitation,
    async enter(name, key) {
      device.put('name', name);
      return await session.enter(name, key);
    },
  });
  const rooms = new Rooms(() => session.chat, conversations);
  const search = new Search(conversations, around.online);

  function sayIn(conversation: Conversation, typed: string): Problem | undefined {
    const ready = readyText(typed, conversation.kind === 'private' ? conversation.title.peek() : undefined);
    if ('problem' in ready) return ready.problem;
    if (!session.chat) return { what: 'closed' };
    conversation.say(ready.text);
    return undefined;
  }

  const app: App = {
    entry,
    stage: session.stage,
    line,
    me,
    extended,
    conversations: conversations.list,
    current: conversations.current,
    open: (key) => {
      const one = conversations.get(key);
      if (one) conversations.open(one);
    },
    step: (by, unread) => conversations.open(conversations.next(by, unread)),
    rooms: rooms.rooms,
    listRooms: rooms.listRooms,
    enterRoom: rooms.enterRoom,
    leaveRoom: rooms.leaveRoom,
    talkTo: (name) => conversations.open(conversations.private(name)),
    closePrivate: (key) => {
      const one = conversations.get(key);
      if (one?.kind === 'private') conversations.closePrivate(one);
    },
    async rename(name) {
      const problem = nameProblem(name);
      if (problem) return problem;
      const { chat } = session;
      if (!chat) return { what: 'closed' };
      try {
        await chat.rename(name.trim());
        me.value = chat.name;
        return undefined;
      } catch (error) {
        return problemOf(error, name);
      }
    },
    async submit(typed) {
      const current = conversations.current.peek();
      const box = readBox(typed);
      if ('unknown' in box) return { what: 'unknown-command', about: box.unknown };
      const problem = 'text' in box ? sayIn(current, box.text) : await command(box.command);
      if (!problem) current.recall(typed);
      return problem;
    },
    leave: () => session.leave(),
    reconnectNow: () => session.reconnectNow(),
    networkLost: () => session.doubt(),
    save: () => device.save(),
    detach: () => session.detach(),
    panel,
    search,
    mentions: mentions.list,
    listMentions: () => mentions.load(me.peek(), conversations.list.peek()),
    unread: computed(() => totals(conversations.list.value)),
    looked,
    settings,
    announced,
    onNotify: () => {},
    complete: (text, caret) =>
      complete(text, caret, {
        get names() {
          return namesHere(conversations.current.peek(), conversations.lobby, me.peek());
        },
        get rooms() {
          return rooms.rooms.peek().map(({ name }) => name);
        },
      }),
  };

  function command(typed: Command): Promise<Problem | undefined> {
    return perform(typed, { ...app, whisper });
  }

  function whisper(name: string, text: string): Problem | undefined {
    const one = conversations.private(name);
    const problem = sayIn(one, text);
    if (!problem) conversations.open(one);
    return problem;
  }

  /** `last`: the key of the conversation that was open. */
  function comeBack(kept: KeptSession, last: unknown): void {
    for (const room of kept.rooms ?? []) conversations.room(room);
    conversations.restorePrivates();
    const open = typeof last === 'string' ? conversations.get(last) : undefined;
    if (open) conversations.open(open);
    void session.comeBack(kept, invitation?.key);
  }

  const { kept } = session;
  if (kept) comeBack(kept, device.get('current'));

  // What comes while one looks is read; so is what is there when one begins to look.
  effect(() => {
    const current = conversations.current.value;
    if (looked.value && !current.timeline.hasNewer.value) untracked(() => current.reading.attend());
  });
  effect(() => {
    const current = conversations.current.value;
    untracked(() => {
      const { chat } = session;
      if (!chat) return;
      void current.timeline.load();
      if (current.kind === 'room' && !current.roster.known) void askWhoIsIn(chat, current);
    });
  });
  settings.showComings.subscribe(() => {
    for (const one of conversations.all()) one.timeline.refresh();
  });
  watch?.((key) => {
    if (key === null || key.startsWith('palabre:read:')) {
      for (const one of conversations.all()) one.reading.readElsewhere();
    }
    if (key === null || key === 'palabre:privates') conversations.restorePrivates();
    if (key === null || key === 'palabre:session') session.changedElsewhere();
  });
  return app;
}

/** Those here, who spoke last first; of a private conversation and its lobby, everybody. */
function namesHere({ kind, members, timeline }: Conversation, lobby: Conversation, me: string): string[] {
  const here = new Set(kind === 'private' ? lobby.members.peek() : members.peek());
  const spoke = timeline.entries.flatMap((entry) => (entry.type === 'line' ? entry.from : []));
  const names = new Set([...spoke.reverse().filter((name) => here.has(name)), ...here]);
  names.delete(me);
  return [...names];
}

function totals(conversations: readonly Conversation[]): { all: number; urgent: number } {
  let all = 0;
  let urgent = 0;
  for (const { kind, unread, mentioned } of conversations) {
    all += unread.value;
    urgent += kind === 'private' ? unread.value : mentioned.value;
  }
  return { all, urgent };
}

function readName(device: Device): string {
  const name = device.get('name');
  return typeof name === 'string' ? name : '';
}
