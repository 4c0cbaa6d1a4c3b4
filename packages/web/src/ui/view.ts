/** What every component may need: the app, the words of the reader's language, and what belongs to the page alone. */
import { batch, effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Words } from '../i18n/words.ts';
import type { App, ConversationKey } from '../model/app.ts';
import type { FocusWanted } from './focus.ts';
import { now } from './frame.ts';
import { createJumps, type Jumps } from './jumps.ts';

/** Beside the talk. */
export type PanelName = 'people' | 'search' | 'mentions';
/** Over the page. */
export type DialogName = 'switcher' | 'rooms' | 'rename' | 'settings' | 'help';

export interface View {
  readonly app: App;
  readonly words: ReadonlySignal<Words>;
  readonly jumps: Jumps;
  readonly panel: ReadonlySignal<PanelName | undefined>;
  /** Whether the panel is there: it may have to be fetched first. Set by the panel. */
  readonly panelShown: Signal<boolean>;
  readonly dialog: Signal<DialogName | undefined>;
  /** On a narrow screen: the list of conversations is in sight. */
  readonly drawer: Signal<boolean>;
  /** What is to have the focus next; see ui/focus.ts. */
  readonly focus: Signal<FocusWanted | undefined>;
  /** Something of the page's own to say to a screen reader. */
  readonly spoken: Signal<string>;
  /** When the day began that it is, in ms since 1970: a page may be open for many. Set by ui/window.ts. */
  readonly today: Signal<number>;
  /** Opens a conversation, and lets one write in it. */
  open(key: ConversationKey): void;
  /** Opens the private conversation with somebody, in the same way. */
  talkTo(name: string): void;
  showPanel(name: PanelName): void;
  closePanel(): void;
}

export function createView(app: App, words: ReadonlySignal<Words>): View {
  const panel = signal<PanelName | undefined>(undefined);
  const drawer = signal(false);
  const focus: View['focus'] = signal(undefined);
  const dialog: View['dialog'] = signal(undefined);
  let invoker: Element | null = null;
  const into = (open: () => void): void => {
    batch(() => {
      open();
      drawer.value = false;
      focus.value = 'conversation';
    });
  };
  const showPanel = (name: PanelName): void => {
    if (panel.peek() === undefined) invoker = document.activeElement;
    batch(() => {
      panel.value = name;
      drawer.value = false;
      focus.value = 'panel';
    });
  };

  // What a command asks for; the model only says so, and the page has its own way of showing it.
  effect(() => {
    const { value: asked } = app.panel;
    if (asked === undefined) return;
    app.panel.value = undefined;
    if (asked === 'people' || asked === 'search' || asked === 'mentions') showPanel(asked);
    else dialog.value = asked;
  });
  effect(() => {
    if (app.stage.value !== 'chat') dialog.value = undefined;
  });
  // A letter typed right after a change of conversation must not meet the box of the one before.
  effect(() => {
    void app.current.value;
    queueMicrotask(now);
  });

  return {
    app,
    words,
    jumps: createJumps(app),
    panel,
    panelShown: signal(false),
    dialog,
    drawer,
    focus,
    spoken: signal(''),
    today: signal(0),

    open: (key) => into(() => app.open(key)),
    talkTo: (name) => into(() => app.talkTo(name)),

    showPanel,

    closePanel() {
      panel.value = undefined;
      if (invoker instanceof HTMLElement && invoker.isConnected) invoker.focus();
      else focus.value = 'conversation';
    },
  };
}

const ViewContext = createContext<View | undefined>(undefined);

export const ViewProvider = ViewContext.Provider;

export function useView(): View {
  const view = useContext(ViewContext);
  if (!view) throw new Error('A component of the page is outside of <ViewProvider>.');
  return view;
}
