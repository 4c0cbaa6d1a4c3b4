import type { JSX } from 'preact';
import { useView } from '../ui/view.ts';
import { HelpDialog } from './help.tsx';
import { RenameDialog } from './rename.tsx';
import { RoomsDialog } from './rooms.tsx';
import { SettingsDialog } from './settings.tsx';
import { Switcher } from './switcher.tsx';

export function Dialogs(): JSX.Element | null {
  const { dialog } = useView();
  switch (dialog.value) {
    case 'switcher':
      return <Switcher />;
    case 'rooms':
      return <RoomsDialog />;
    case 'rename':
      return <RenameDialog />;
    case 'settings':
      return <SettingsDialog />;
    case 'help':
      return <HelpDialog />;
    case undefined:
      return null;
    default:
      return dialog.value satisfies never;
  }
}
