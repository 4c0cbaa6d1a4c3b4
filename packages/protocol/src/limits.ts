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
