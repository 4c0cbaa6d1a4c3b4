/**
 * Ends each test file's process itself once nothing is left to do (package.json, "unit"). Left to Node.js 24, it may wait for ever while tearing down, for
 * requests on sockets that are gone (Environment::CleanupHandles), and the whole run with it. What a test leaves open is told, and fails the file: a child
 * process, say, that a test which failed did not end.
 */
import { after } from 'node:test';

/** How long, in ms, whatever is still open after the last test has for ending by itself. */
const LATE_MS = 30_000;

process.once('beforeExit', () => process.exit());
if (process.env.NODE_TEST_CONTEXT !== undefined)
  after(() => {
    const late = (): void => {
      console.error(`left open after the last test: ${process.getActiveResourcesInfo().join(', ')}`);
      process.exit(1);
    };
    setTimeout(late, LATE_MS).unref();
  });
