/** The rooms there are; the way into one, or to a new one. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { Problem } from '../model/app.ts';
import { Icon } from '../ui/icons.tsx';
import { useView } from '../ui/view.ts';
import { Dialog } from './dialog.tsx';
import { usePhrases } from './phrases.ts';

export function RoomsDialog(): JSX.Element {
  const { app, dialog, focus, words } = useView();
  const t = words.value;
  const more = usePhrases().roomsDialog;
  const wanted = useSignal('');
  const problem = useSignal<Problem | undefined>(undefined);

  useEffect(() => void app.listRooms(), [app]);

  const enter = async (name: string): Promise<void> => {
    problem.value = await app.enterRoom(name);
    if (problem.value) return;
    dialog.value = undefined;
    focus.value = 'conversation';
  };

  const needle = wanted.value.trim().toLowerCase();
  const all = app.rooms.value;
  const rooms = all.filter(({ name }) => name.toLowerCase().includes(needle));
  const exists = all.some(({ name }) => name.toLowerCase() === needle);

  return (
    <Dialog name="rooms" title={more.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void enter(wanted.value.trim());
        }}
      >
        <label for="room-name">{more.name}</label>
        <div class="field-row">
          <input
            id="room-name"
            dir="auto"
            autoComplete="off"
            autoCapitalize="none"
            spellcheck={false}
            aria-describedby="room-note"
            value={wanted.value}
            onInput={(event) => {
              wanted.value = event.currentTarget.value;
              problem.value = undefined;
            }}
          />
          <button type="submit" class="primary">
            {exists || needle === '' ? more.enter : more.make}
          </button>
        </div>
        <p id="room-note" class={problem.value ? 'note problem' : 'note'} aria-live="polite">
          {problem.value
            ? t.problems[problem.value.what](problem.value.about ?? '')
            : rooms.length === 0 && (needle === '' ? more.none : more.noneSuch)}
        </p>
      </form>
      <ul class="rooms">
        {rooms.map(({ name, members, entered }) => (
          <li key={name}>
            <button type="button" onClick={() => void enter(name)}>
              <Icon name="room" />
              <bdi class="title">{name}</bdi>
              <span class="muted">
                {more.members(members)}
                {entered && `, ${more.entered}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
