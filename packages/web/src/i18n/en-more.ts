import { count } from './writing.ts';

const keys: readonly (readonly [string, string])[] = [
  ['Ctrl/⌘ K', 'Go to a conversation, a room or a person'],
  ['Alt ↑ / Alt ↓', 'The conversation above or below'],
  ['Alt Shift ↑ / ↓', 'The next one with something unread'],
  ['Enter', 'Send'],
  ['Shift Enter', 'New line'],
  ['↑', 'In an empty box: what you said before'],
  ['Tab', 'Complete a name or a command'],
  ['↑ ↓ in the talk', 'From line to line; Tab to its buttons'],
  ['Esc', 'Close, stop answering, back to the box'],
];

export const enMore = {
  completions: {
    title: 'Completions',
    count: (n: number) => count('en', n, 'suggestion', 'suggestions'),
  },

  switcher: {
    label: 'A room, a conversation or a name',
    none: 'Nothing of that name.',
    enterRoom: (name: string) => `Enter the room ${name}`,
    talkTo: (name: string) => `Talk privately with ${name}`,
  },

  people: {
    title: 'Who is here',
    filter: 'Find a name',
    none: 'Nobody of that name.',
  },

  search: {
    title: 'Search',
    label: 'Words; from:name, in:room',
    go: 'Search',
    searching: 'Searching…',
    failed: 'The search did not succeed. Try again in a moment.',
    none: 'Nothing found.',
    found: (n: number) => count('en', n, 'line found', 'lines found'),
    more: 'More results',
    hint: 'from:ana finds what ana said, in:dev what was said in dev.',
    goTo: 'Go to this line',
  },

  mentions: {
    title: 'Mentions',
    none: 'Nobody has named you yet.',
  },

  roomsDialog: {
    title: 'Rooms',
    name: 'Name of a room',
    enter: 'Enter',
    make: 'Make and enter',
    none: 'There are no rooms yet. Make the first one!',
    noneSuch: 'There is no room of that name yet: you can make it.',
    members: (n: number) => count('en', n, 'person', 'people'),
    entered: 'you are in it',
  },

  rename: {
    title: 'Change your name',
    name: 'Your new name',
    save: 'Change',
  },

  settings: {
    title: 'Settings',
    language: 'Language',
    theme: 'Appearance',
    system: 'As the system',
    light: 'Light',
    dark: 'Dark',
    notifications: 'Notify me of private lines and mentions',
    blocked: 'The browser does not allow notifications for this page. You can change that in its settings.',
    showComings: 'Show who comes and goes',
  },

  help: {
    title: 'Keys and commands',
    keys: 'Keys',
    commands: 'Commands',
    list: keys,
  },
};
