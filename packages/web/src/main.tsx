/** The page, put together: the model, the language, the browser's window around it. */
import './style/main.css';
import { options, render } from 'preact';
import { createWords } from './i18n/words.ts';
import { createApp } from './model/create.ts';
import { inNextFrame } from './ui/frame.ts';
import { Page } from './ui/page.tsx';
import { createView, ViewProvider } from './ui/view.ts';
import { followWindow } from './ui/window.ts';

// Whatever happens within a frame is shown once: a hundred lines a second are not a hundred renderings.
options.debounceRendering = inNextFrame;

const address = new URL('/chat', location.href);
address.protocol = location.protocol.replace('http', 'ws');

const app = createApp({
  address: address.href,
  store: localStorage,
  hash: location.hash,
  hashBefore: history.state ?? undefined,
  watch: (listener) => window.addEventListener('storage', ({ key }) => listener(key)),
});
// What invites one lets anybody in: it is not to be seen over a shoulder, nor to be passed on with the address. The tab keeps it, for a reload.
if (location.hash) history.replaceState(location.hash, '', location.pathname);
window.addEventListener('hashchange', () => location.reload());
void start();

// A function: were this file to wait for the words at its top, they would wait for it, of which they use a part.
async function start(): Promise<void> {
  const view = createView(app, await createWords(app.settings.language, navigator.languages));
  followWindow(view);
  const root = document.getElementById('app');
  if (!root) throw new Error('index.html has no element #app to put the page into.');
  render(
    <ViewProvider value={view}>
      <Page />
    </ViewProvider>,
    root,
  );
}
