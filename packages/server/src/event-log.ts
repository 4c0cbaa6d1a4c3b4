import type { Logger } from 'pino';

/** Where the operator is told what happens: one line an event. Never the text of a message, never a token or a key. */
export type EventLog = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/** Tells nobody. */
export const NO_EVENT_LOG: EventLog = { debug() {}, info() {}, warn() {}, error() {} };
