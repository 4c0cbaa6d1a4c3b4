import type { AllCommands, ProblemPhrases } from './phrases.ts';
import type { Language } from './words.ts';
import { count, usageOf } from './writing.ts';

const commands: AllCommands = {
  help: { usage: '/help', does: 'What can be typed here' },
  msg: { usage: '/msg name text', does: 'Say something to one alone' },
  who: { usage: '/who', does: 'Who is here' },
  rooms: { usage: '/rooms', does: 'The rooms there are' },
  join: { usage: '/join room', does: 'Enter a room, or make it' },
  leave: { usage: '/leave', does: 'Leave this room' },
  name: { usage: '/name new-name', does: 'Take another name' },
  search: { usage: '/search words', does: 'Search what was said' },
  mentions: { usage: '/mentions', does: 'Lines that name you' },
  quit: { usage: '/quit', does: 'Leave the talk' },
};

const problems: ProblemPhrases = {
  'name-empty': () => 'Choose a name first.',
  'name-space': () => 'A name is one word: no spaces, please.',
  'name-long': () => 'That is a little long: 32 characters at most.',
  'name-start': () => 'A name cannot begin with @, # or :.',
  'name-other': () => 'There is a character in it that a name cannot have.',
  taken: (about) => `${about} is here already. Could you choose another name?`,
  'key-needed': () => 'Whoever enters here needs the password.',
  'key-wrong': () => 'That is not the password.',
  'invitation-ended': () => 'This invitation has ended.',
  'room-name': () =>
    'That cannot be the name of a room: one word of 32 characters at most, not beginning with @, # or :.',
  'not-in-room': (about) => `You are not in ${about}.`,
  'too-many-rooms': () => 'You are in as many rooms as one can be in: leave one first.',
  nobody: (about) => `${about} is not here.`,
  empty: () => 'There is nothing to say yet.',
  'too-long': () => 'One of the lines is too long: 4,096 bytes at most. Could it be two?',
  'control-characters': () => 'There are invisible control characters in it, which cannot be said.',
  'unknown-command': (about) => `There is no command /${about}. Type /help to see them all.`,
  usage: (about) => `It goes like this: ${usageOf(commands, about)}`,
  'queue-full': () => 'Too much is waiting to be said already.',
  unconfirmed: () => 'Nobody can tell whether this was said.',
  'not-kept': () => 'The server cannot keep it just now.',
  unsupported: () => 'This server cannot do that.',
  closed: () => 'The talk is over for you: enter again.',
  banned: () => 'You cannot come in here, or not under this name.',
  'server-full': () => 'There is no place left on the server just now.',
  unreachable: () => 'The server does not answer.',
  other: (about) => (about ? `That did not work: ${about}` : 'That did not work.'),
};

export const en = {
  language: 'en' as Language,
  problems,
  commands,

  close: 'Close',

  entry: {
    tagline: 'The long talk under the tree, where everybody has a say.',
    name: 'Your name',
    key: 'Password',
    hint: 'One word, 32 characters at most.',
    enter: 'Enter',
    entering: 'Entering…',
  },

  conversations: 'Conversations',
  lobby: 'Under the tree',
  rooms: 'Rooms',
  privately: 'Private',
  unread: (n: number) => count('en', n, 'unread line', 'unread lines'),
  mentioned: (n: number) => count('en', n, 'mention', 'mentions'),
  isAway: 'not here',
  showConversations: 'Show conversations',
  hideConversations: 'Hide conversations',
  moreRooms: 'List, make or enter rooms',
  goTo: 'Go to…',
  talkToSomebody: 'Talk to somebody',
  yourself: 'you',
  draft: 'draft',
  menu: 'Your menu',

  header: {
    people: (n: number) => count('en', n, 'person here', 'people here'),
    search: 'Search',
    mentions: 'Mentions',
    leaveRoom: (name: string) => `Leave ${name}`,
    closePrivate: (name: string) => `Close the conversation with ${name}`,
    privateWith: 'Only the two of you read this.',
    privateAway: (name: string) => `${name} is not here just now.`,
  },

  menuItems: {
    rename: 'Change your name',
    settings: 'Settings',
    help: 'Keys and commands',
    leave: 'Leave the talk',
  },

  line: {
    connecting: 'Connecting…',
    connected: 'Connected',
    offline: 'Offline',
    reconnecting: 'Connection lost',
    closed: 'Not connected',
    offlineLong: 'You are offline. What you say will be said once you are back.',
    reconnectingLong: 'The connection is lost. What you say will be said once you are back.',
    retryIn: (seconds: number) => `Trying again in ${seconds} s.`,
    retrying: 'Trying again…',
    now: 'Try now',
    closedLong: 'You are not in the talk any more.',
    waiting: (n: number) => count('en', n, 'line is waiting to be said', 'lines are waiting to be said'),
    back: 'Connected again.',
  },

  timeline: {
    label: (title: string) => `What is said: ${title}`,
    loadingOlder: 'Fetching earlier lines…',
    beginning: 'This is where the talk begins.',
    beginningPrivate: (name: string) => `This is where your talk with ${name} begins.`,
    fresh: 'New since you looked',
    toUnread: 'To the first unread',
    markRead: 'Mark as read',
    toEnd: 'To the newest',
    back: 'Back to where you were',
    gone: 'That line is not to be had any more.',
    today: 'Today',
    yesterday: 'Yesterday',
    empty: 'Nobody has said anything yet. Have a say!',
    arrived: (n: number) => `${n} new lines`,
  },

  message: {
    waiting: 'not confirmed yet',
    failed: 'Not said.',
    retry: 'Try again',
    drop: 'Drop it',
    answer: 'Answer',
    copy: 'Copy',
    copied: 'Copied.',
    talkTo: (name: string) => `Talk privately with ${name}`,
    toQuoted: (name: string) => `To the line of ${name} that this answers`,
    quotedUnknown: 'an earlier line',
    block: 'Code',
  },

  notice: {
    came: (names: string, n: number) => `${names} ${n === 1 ? 'is' : 'are'} here`,
    left: (names: string, _n: number) => `${names} left`,
    renamed: (was: string, name: string) => `${was} is now ${name}`,
    gap: 'Lines may be missing here.',
    others: (n: number) => count('en', n, 'other', 'others'),
  },

  box: {
    label: (title: string) => `Say something: ${title}`,
    placeholderLobby: 'Say something to everybody',
    placeholderRoom: (name: string) => `Say something in ${name}`,
    placeholderPrivate: (name: string) => `Say something to ${name}`,
    send: 'Send',
    code: 'Mark as code',
    commands: 'Commands',
    answering: (name: string) => `Answering ${name}`,
    stopAnswering: 'Do not answer',
    hint: 'Enter sends, Shift+Enter begins a new line',
  },

  announce: {
    conversation: (title: string, unread: string) => (unread ? `${title}, ${unread}` : title),
    said: (name: string, text: string) => `${name}: ${text}`,
  },

  notify: {
    private: (name: string) => `${name}, privately`,
    mention: (name: string, title: string) => `${name} in ${title}`,
  },
};
