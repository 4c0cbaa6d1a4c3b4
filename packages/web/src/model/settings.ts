import { type Signal, signal } from '@preact/signals';
import type { Settings } from './app.ts';
import { type Device, isRecord } from './device.ts';

/** What one has chosen, kept on the device. */
export function keptSettings(device: Device): Settings {
  const kept = device.get('settings');
  const stored = isRecord(kept) ? kept : {};
  const settings = {
    language: choice(stored.language, ['system', 'en', 'fr']),
    theme: choice(stored.theme, ['system', 'light', 'dark']),
    notifications: choice(stored.notifications, ['off', 'on', 'blocked']),
    showComings: signal(stored.showComings !== false),
  };
  const keep = (): void => {
    const values = Object.entries(settings).map(([name, { value }]) => [name, value]);
    device.put('settings', Object.fromEntries(values));
  };
  for (const setting of Object.values(settings)) {
    let first = true;
    setting.subscribe(() => {
      if (!first) keep();
      first = false;
    });
  }
  return settings;
}

/** A signal with the one of `all` that is kept; the first if none is. */
function choice<const T extends string>(kept: unknown, all: readonly [T, ...T[]]): Signal<T> {
  return signal(all.find((one) => one === kept) ?? all[0]);
}
