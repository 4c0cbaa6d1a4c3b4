/** What Node.js and browsers share. */
export type { Chat } from './chat.ts';
export type { Clock } from './core/clock.ts';
export type { History, RoomListing } from './core/questions.ts';
export * from './errors.ts';
export type * from './events.ts';
export type * from './options.ts';
export type { Room } from './room.ts';
