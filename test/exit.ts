/**
 * Ends each test file's process itself once nothing is left to do (package.json, "unit"). Left to Node.js 24, it may wait for ever while tearing down, for
 * requests on sockets that are gone (Environment::CleanupHandles), and the whole run with it. What a test leaves open keeps its process going, as before.
 */
process.once('beforeExit', () => process.exit());
