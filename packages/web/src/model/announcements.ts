import { effect, type ReadonlySignal, type Signal, signal, untracked } from '@preact/signals';
import type { Announcement, App, Line } from './app.ts';
import type { Conversations } from './conversations.ts';

/** What a screen reader is to say: another conversation is open, the line is lost or back. Problems are added by whoever meets them. */
export function announcements(
  stage: App['stage'],
  opened: Conversations['opened'],
  line: ReadonlySignal<Line>,
): Signal<Announcement | undefined> {
  const announced = signal<Announcement | undefined>(undefined);
  effect(() => {
    const { value } = opened;
    if (value && stage.peek() === 'chat') announced.value = { type: 'conversation', ...value };
  });
  let lost = false;
  effect(() => {
    const { state, problem } = line.value;
    const was = lost;
    // Each further attempt to come back would be too much to hear.
    if (state === 'connected') lost = false;
    else if (state === 'offline' || state === 'reconnecting') lost = true;
    const tell = lost !== was || (state === 'closed' && problem !== undefined);
    if (tell) untracked(() => (announced.value = { type: 'line', line: line.peek() }));
  });
  return announced;
}
