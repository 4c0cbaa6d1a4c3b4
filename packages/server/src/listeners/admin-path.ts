import { closeSync, openSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The most bytes of a Unix socket's path: `sun_path` (unix(7)) without its final zero; Linux has 107, macOS 103. */
const PATH_BYTES = 103;

/** A path by which a socket can be bound or reached. */
export interface SocketPath extends Disposable {
  readonly path: string;
}

/**
 * The admin socket of the server that has its journal in `directory`. Where its path is too long for a socket another one leads to it: a
 * relative one, or, on Linux, one through a descriptor of the directory, which is open until the path is disposed of. Throws the system's error
 * where there is no such directory, and RangeError where no path is short enough.
 */
export function adminSocket(directory: string): SocketPath {
  const file = 'admin.sock';
  for (const path of [join(directory, file), join(relative('.', directory), file)]) {
    if (Buffer.byteLength(path) <= PATH_BYTES) return { path, [Symbol.dispose]() {} };
  }
  if (process.platform !== 'linux')
    throw new RangeError(`the path of ${directory} is too long for a Unix socket: choose a shorter one`);
  const descriptor = openSync(directory, 'r');
  return {
    path: `/proc/self/fd/${descriptor}/${file}`,
    [Symbol.dispose]: () => closeSync(descriptor),
  };
}
