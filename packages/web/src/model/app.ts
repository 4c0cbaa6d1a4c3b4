/**
 * What the page shows and what its buttons do, without a page: signals to read, methods to call. The components read this and nothing else; nothing
 * here knows of the document.
 */
import type { ReadonlySignal, Signal } from '@preact/signals';

export interface App {
  /** Before one has entered, and again after leaving: the form for the name. */
  readonly entry: Entry;
  readonly stage: ReadonlySignal<'entry' | 'entering' | 'chat'>;
  readonly line: ReadonlySignal<Line>;
  /** One's own name; empty before entering. */
  readonly me: ReadonlySignal<string>;
  /** Of a server of the nine words alone: no rooms, no history, no receipts. */
  readonly extended: ReadonlySignal<boolean>;

  /** The lobby first, then rooms, then private conversations, each by name. */
  readonly conversations: ReadonlySignal<readonly Conversation[]>;
  readonly current: ReadonlySignal<Conversation>;
  open(key: ConversationKey): void;
  /** Up or down the list; `unread`: only those with something unread. */
  step(by: 1 | -1, unread: boolean): void;

  /** Rooms on the server that one may enter, with how many are in each; asked for by `listRooms`. */
  readonly rooms: ReadonlySignal<readonly { name: string; members: number; entered: boolean }[]>;
  listRooms(): Promise<void>;
  /** Enters, and opens; resolves to what went wrong, if anything. */
  enterRoom(name: string): Promise<Problem | undefined>;
  leaveRoom(key: ConversationKey): Promise<void>;
  /** Opens the private conversation with somebody. */
  talkTo(name: string): void;
  /** Takes a private conversation off the list. What was said stays in the history. */
  closePrivate(key: ConversationKey): void;
  rename(name: string): Promise<Problem | undefined>;
  /**
   * Says what is in the box of the current conversation: a text, or a command. Resolves to what is wrong with it, and then the text is to stay in the box.
   * A text that can be said is shown at once, as `waiting`: no receipt is waited for.
   */
  submit(text: string): Promise<Problem | undefined>;
  /** Leaves the chat, on all devices, and forgets on this one who one was. */
  leave(): Promise<void>;
  reconnectNow(): void;
  /** The browser says that there is no network (`offline`): the line counts as lost until the server is heard, which on this very machine it may be. */
  networkLost(): void;
  /** Writes what is still to be kept on the device: to be called when the page is hidden or goes away (`pagehide`, `visibilitychange`). */
  save(): void;
  /** Drops the line without a good-bye, as closing the page does: the member stays for a minute, and comes back when the page is opened again. */
  detach(): void;

  /** What is open beside the conversation. Set by the page's buttons, and by the commands that ask for one. */
  readonly panel: Signal<Panel | undefined>;
  readonly search: Search;
  /** Lines that name oneself, newest first: those that have come, and once `listMentions` was called those of the history too. */
  readonly mentions: ReadonlySignal<readonly Message[]>;
  listMentions(): Promise<void>;
  /** Sum of what is unread: for the title. `urgent`: mentions and private lines. */
  readonly unread: ReadonlySignal<{ all: number; urgent: number }>;
  /** Set by the page: whether it is looked at now. What arrives in the current conversation while it is, is read. */
  readonly looked: Signal<boolean>;
  readonly settings: Settings;
  /** Something to say to a screen reader, politely: a change of conversation, of the line, a refused line. */
  readonly announced: ReadonlySignal<Announcement | undefined>;
  /** Called for each line that deserves a notification (a mention or a private line while not looked at). */
  onNotify: (message: Message, conversation: Conversation) => void;
  /** What can be typed here after `/` or as a name (`@an`, or at the start of the text): for the box's list. */
  complete(text: string, caret: number): Completion | undefined;
}

export type Panel = 'people' | 'search' | 'mentions' | 'rooms' | 'help' | 'settings';

/** `lobby`, `room:` and its name's key, or `with:` and the name's key (2.2). */
export type ConversationKey = string;

export interface Conversation {
  readonly key: ConversationKey;
  readonly kind: 'lobby' | 'room' | 'private';
  /** Of the room or of the other person; empty for the lobby. */
  readonly title: ReadonlySignal<string>;
  /** Who is in it; of a private conversation: the other, while here. In order of arrival. */
  readonly members: ReadonlySignal<readonly string[]>;
  readonly timeline: Timeline;
  readonly unread: ReadonlySignal<number>;
  readonly mentioned: ReadonlySignal<number>;
  /** The id of the last line read: the mark "new since you looked" stands after it while it is set. */
  readonly mark: ReadonlySignal<number | undefined>;
  readonly draft: Signal<string>;
  /** The line that the next one answers. */
  readonly answering: Signal<Message | undefined>;
  /** Earlier things said here by oneself, oldest first: for Up. */
  readonly said: ReadonlySignal<readonly string[]>;
  /** Everything is read. */
  markRead(): void;
  /** Brings the first unread line into the timeline, and resolves to its key; undefined if there is none. */
  toUnread(): Promise<string | undefined>;
  /** Brings the line with that id and those around it into the timeline; resolves to its key, or undefined if it is not to be had. */
  toMessage(id: number): Promise<string | undefined>;
}

/**
 * The lines of a conversation, of which a window is held here: thousands, of which the page shows those that are in sight. `older` and `newer`
 * move it. Lines never change place.
 */
export interface Timeline {
  readonly items: ReadonlySignal<readonly Item[]>;
  /** Whether there is more on the server, before the first and after the last item held. */
  readonly hasOlder: ReadonlySignal<boolean>;
  readonly hasNewer: ReadonlySignal<boolean>;
  readonly loading: ReadonlySignal<'older' | 'newer' | undefined>;
  older(): Promise<void>;
  newer(): Promise<void>;
  /** Back to the newest lines. */
  toEnd(): Promise<void>;
}

export type Item = Message | DayMark | Notice;

export interface Message {
  readonly type: 'message';
  /** Steady over the item's life, also when the receipt gives it its id. */
  readonly key: string;
  /** Absent while unconfirmed, and on a server of the nine words alone. */
  readonly id?: number | undefined;
  /** Ms since 1970. */
  readonly at: number;
  readonly from: string;
  readonly own: boolean;
  /** Of a private line: whom it is for. */
  readonly to?: string | undefined;
  readonly conversation: ConversationKey;
  /** May have several lines (`cont`). */
  readonly text: string;
  /** `sent`: confirmed, or said by somebody else. `failed` may be tried again (`retry`) or dropped. */
  readonly state: 'sent' | 'waiting' | 'failed';
  readonly problem?: Problem | undefined;
  /** What it answers: the id, and the line itself where it is known. */
  readonly re?:
    | { readonly id: number; readonly from?: string | undefined; readonly text?: string | undefined }
    | undefined;
  /** Names oneself. */
  readonly mention: boolean;
  /** First of a group: another speaker, or over five minutes, or a notice before it. Shown with name and time. */
  readonly head: boolean;
  retry?(): void;
  drop?(): void;
}

/** Midnight passed before the next item. */
export interface DayMark {
  readonly type: 'day';
  readonly key: string;
  readonly at: number;
}

/** Somebody came, left, or changed names; or lines may be missing here. Neighbouring comings and goings are one notice. */
export interface Notice {
  readonly type: 'notice';
  readonly key: string;
  readonly at: number;
  readonly came: readonly string[];
  readonly left: readonly string[];
  readonly renamed: readonly { readonly was: string; readonly name: string }[];
  readonly gap: boolean;
}

/** How the connection fares: the truth. `retryAt`: ms since 1970. `waiting`: own lines without a receipt. */
export interface Line {
  readonly state: 'connecting' | 'connected' | 'offline' | 'reconnecting' | 'closed';
  readonly retryAt?: number | undefined;
  readonly waiting: number;
  readonly problem?: Problem | undefined;
}

export interface Entry {
  readonly name: Signal<string>;
  /** What is typed as the key; `undefined`: the server has not asked for one. */
  readonly key: Signal<string | undefined>;
  /** Kept up to date while typing: what is wrong with the name so far. */
  readonly problem: ReadonlySignal<Problem | undefined>;
  enter(): Promise<void>;
}

/** What went wrong, for the page to say in its language. `about`: the name, room or word it concerns. */
export interface Problem {
  readonly what:
    | 'name-empty'
    | 'name-space'
    | 'name-long'
    | 'name-start'
    | 'name-other'
    | 'taken'
    | 'key-needed'
    | 'key-wrong'
    | 'invitation-ended'
    | 'room-name'
    | 'not-in-room'
    | 'too-many-rooms'
    | 'nobody'
    | 'empty'
    | 'too-long'
    | 'control-characters'
    | 'unknown-command'
    | 'usage'
    | 'queue-full'
    | 'unconfirmed'
    | 'not-kept'
    | 'unsupported'
    | 'closed'
    | 'banned'
    | 'server-full'
    | 'unreachable'
    | 'other';
  readonly about?: string | undefined;
}

export interface Search {
  /** Words, with `from:name` and `in:room` among them. */
  readonly query: Signal<string>;
  readonly state: ReadonlySignal<'idle' | 'searching' | 'done' | 'failed'>;
  /** Newest first. */
  readonly results: ReadonlySignal<readonly Found[]>;
  readonly more: ReadonlySignal<boolean>;
  run(): Promise<void>;
  runMore(): Promise<void>;
  clear(): void;
}

export interface Found {
  readonly message: Message;
  /** The lines around it. */
  readonly before: readonly Message[];
  readonly after: readonly Message[];
}

/** Kept on this device. */
export interface Settings {
  readonly language: Signal<'system' | 'en' | 'fr'>;
  readonly theme: Signal<'system' | 'light' | 'dark'>;
  /** Asked for by a click; `blocked`: the browser says no. */
  readonly notifications: Signal<'off' | 'on' | 'blocked'>;
  readonly showComings: Signal<boolean>;
}

export type Announcement =
  /** `unread`: what was unread in it before it was opened. */
  | { readonly type: 'conversation'; readonly conversation: Conversation; readonly unread: number }
  | { readonly type: 'line'; readonly line: Line }
  | { readonly type: 'problem'; readonly problem: Problem };

export interface Completion {
  /** The part of the text to be replaced. */
  readonly from: number;
  readonly to: number;
  /** After `/` and `@` the list opens by itself; a name at the beginning of the text is completed only when asked for (Tab). */
  readonly auto: boolean;
  /** Best first. `insert` brings its own space or colon after it. */
  readonly options: readonly {
    readonly insert: string;
    readonly label: string;
    readonly help?: CommandName | undefined;
  }[];
}

export type CommandName =
  | 'help'
  | 'msg'
  | 'who'
  | 'rooms'
  | 'join'
  | 'leave'
  | 'name'
  | 'search'
  | 'mentions'
  | 'quit';
