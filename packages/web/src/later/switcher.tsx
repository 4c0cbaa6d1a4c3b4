/** Ctrl-K: to any conversation, room or person by a few letters. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { ConversationName } from '../ui/conversation-name.tsx';
import { Icon } from '../ui/icons.tsx';
import { Leaf } from '../ui/name.tsx';
import { useView } from '../ui/view.ts';
import { type Destination, destinations } from './destinations.ts';
import { Dialog } from './dialog.tsx';
import { usePhrases } from './phrases.ts';

export function Switcher(): JSX.Element {
  const { app, dialog, focus, open, talkTo, words } = useView();
  const t = words.value;
  const more = usePhrases().switcher;
  const wanted = useSignal('');
  const selected = useSignal(0);
  const found = destinations(app, t, wanted.value);

  useEffect(() => {
    if (app.extended.value) void app.listRooms();
  }, [app]);

  useLayoutEffect(() => {
    document.getElementById(`destination-${selected.value}`)?.scrollIntoView({ block: 'nearest' });
  }, [selected.value]);

  const go = async (destination: Destination | undefined): Promise<void> => {
    if (!destination) return;
    dialog.value = undefined;
    switch (destination.type) {
      case 'conversation':
        open(destination.key);
        break;
      case 'person':
        talkTo(destination.title);
        break;
      case 'room':
        await app.enterRoom(destination.title);
        focus.value = 'conversation';
        break;
      default:
        destination satisfies never;
    }
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    // As of the letters that are there by now: the list that is shown may be a frame behind them.
    const found = destinations(app, t, wanted.value);
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by !== undefined) {
      selected.value = (selected.value + by + found.length) % Math.max(1, found.length);
    } else if (event.key === 'Enter') {
      void go(found[selected.value]);
    } else return;
    event.preventDefault();
  };

  return (
    <Dialog name="switcher" title={t.goTo} class="switcher">
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls="destinations"
        aria-autocomplete="list"
        aria-activedescendant={found.length > 0 ? `destination-${selected.value}` : undefined}
        aria-label={more.label}
        placeholder={more.label}
        autoComplete="off"
        spellcheck={false}
        dir="auto"
        value={wanted.value}
        onInput={(event) => {
          wanted.value = event.currentTarget.value;
          selected.value = 0;
        }}
        onKeyDown={onKeyDown}
      />
      <div id="destinations" role="listbox" aria-label={t.conversations}>
        {found.map((destination, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus (aria-activedescendant).
          // biome-ignore lint/a11y/useFocusableInteractive: as above.
          <div
            key={destination.key}
            id={`destination-${index}`}
            role="option"
            aria-selected={index === selected.value}
            onClick={() => void go(destination)}
          >
            <DestinationLine destination={destination} />
          </div>
        ))}
      </div>
      {found.length === 0 && <p class="muted">{more.none}</p>}
    </Dialog>
  );
}

function DestinationLine({ destination }: { readonly destination: Destination }): JSX.Element {
  const t = useView().words.value;
  const more = usePhrases().switcher;
  const { type, title } = destination;
  switch (type) {
    case 'conversation': {
      const { conversation } = destination;
      const unread = conversation.unread.value;
      return (
        <>
          <ConversationName conversation={conversation} />
          {unread > 0 && (
            <span class="muted">
              {t.unread(unread)}
              {conversation.mentioned.value > 0 && `, ${t.mentioned(conversation.mentioned.value)}`}
            </span>
          )}
        </>
      );
    }
    case 'room':
      return (
        <>
          <Icon name="room" />
          <bdi>{more.enterRoom(title)}</bdi>
        </>
      );
    case 'person':
      return (
        <>
          <Leaf name={title} />
          <bdi>{more.talkTo(title)}</bdi>
        </>
      );
    default:
      return type satisfies never;
  }
}
