/** What is kept on this device. */
import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useView } from '../ui/view.ts';
import { Dialog } from './dialog.tsx';
import { askForNotifications } from './notifications.ts';
import { usePhrases } from './phrases.ts';

export function SettingsDialog(): JSX.Element {
  const { app } = useView();
  const t = usePhrases().settings;
  const { language, theme, notifications, showComings } = app.settings;
  const notified = notifications.value;
  return (
    <Dialog name="settings" title={t.title}>
      <div class="settings">
        <Choice
          name="language"
          title={t.language}
          value={language}
          options={[
            ['system', t.system],
            ['en', 'English'],
            ['fr', 'Français'],
          ]}
        />
        <Choice
          name="theme"
          title={t.theme}
          value={theme}
          options={[
            ['system', t.system],
            ['light', t.light],
            ['dark', t.dark],
          ]}
        />
        <label>
          <input
            type="checkbox"
            checked={notified === 'on'}
            onChange={async ({ currentTarget: box }) => {
              await askForNotifications(notifications, box.checked);
              // Where the setting stays as it was nothing is rendered, and the box would stay as it was clicked.
              box.checked = notifications.peek() === 'on';
            }}
          />
          {t.notifications}
        </label>
        {notified === 'blocked' && <p class="note">{t.blocked}</p>}
        <label>
          <input
            type="checkbox"
            checked={showComings.value}
            onChange={(event) => {
              showComings.value = event.currentTarget.checked;
            }}
          />
          {t.showComings}
        </label>
      </div>
    </Dialog>
  );
}

interface ChoiceProps<T extends string> {
  readonly name: string;
  readonly title: string;
  readonly value: Signal<T>;
  readonly options: readonly (readonly [T, string])[];
}

function Choice<T extends string>({ name, title, value, options }: ChoiceProps<T>): JSX.Element {
  return (
    <fieldset>
      <legend>{title}</legend>
      {options.map(([option, label]) => (
        <label key={option}>
          <input
            type="radio"
            name={name}
            checked={value.value === option}
            onChange={() => {
              value.value = option;
            }}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
