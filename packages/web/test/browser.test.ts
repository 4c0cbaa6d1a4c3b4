/**
 * The page, in a real Chromium, over the real server. One file, and so one process and one browser, for all of it: `npm run build` first.
 */
import './entering.ts';
import './keys.ts';
import './talking.ts';
import './rooms.ts';
import './private.ts';
import './unread.ts';
import './history.ts';
import './search.ts';
import './reconnection.ts';
import './devices.ts';
import './writing.ts';
import './commands.ts';
import './settings.ts';
import './hostile.ts';
import './phone.ts';
import './languages.ts';
import './keyboard.ts';
import './accessible.ts';
import './weight.ts';
