/** The limits of the protocol, in one place: docs/protocol.md quotes them, code and tests import them. */

/** A line's bytes, without its tags and without its LF (2.6). */
export const LINE_BYTES = 4096;

/** A line's tags, in bytes, between the `@` and the space (3.1). */
export const TAG_BYTES = 1024;

/** The most that one line may take up with everything: `@`, tags, space, line. */
export const TAGGED_LINE_BYTES = 1 + TAG_BYTES + 1 + LINE_BYTES;

/** A name's length in code points (2.2). */
export const NAME_CODE_POINTS = 32;

/** A name's length in bytes of UTF-8 (2.2). */
export const NAME_BYTES = 128;

/** What a `ref` is made of (3.6). */
export const REF = /^[A-Za-z0-9_.-]{1,64}$/;

/** How many of a member's `ref`s are remembered (3.6). */
export const REFS_REMEMBERED = 256;

/** Connections of one member (3.7). */
export const CONNECTIONS_A_MEMBER = 16;

/** Rooms that one member may be in, the lobby apart (3.8). */
export const ROOMS_A_MEMBER = 64;

/** Missed lines that follow a resume at most (3.7). */
export const MISSED_LINES = 1000;

/** Lines of history for one `HST`: at most, and where it does not say (3.9). */
export const HISTORY_LINES = 500;
export const HISTORY_LINES_DEFAULT = 50;
