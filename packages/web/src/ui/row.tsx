/** One item of a timeline, whatever it is. One element each: the reel counts on it. */
import type { JSX } from 'preact';
import type { Item } from '../model/app.ts';
import { memo } from './memo.ts';
import { MessageLine } from './message.tsx';
import { DayLine, NoticeLine } from './notice.tsx';
import { useView } from './view.ts';

export interface RowProps {
  readonly item: Item;
  /** The first that is new since one looked. */
  readonly fresh: boolean;
  /** Was looked for: pointed out for a moment. */
  readonly shown: boolean;
  /** Pointed at or focused: its buttons are there. */
  readonly active: boolean;
}

export const Row = memo(function Row({ item, fresh, shown, active }: RowProps): JSX.Element {
  return (
    <div class="row" data-key={item.key}>
      {fresh && <FreshMark />}
      {item.type === 'message' && <MessageLine message={item} shown={shown} active={active} />}
      {item.type === 'day' && <DayLine day={item} />}
      {item.type === 'notice' && <NoticeLine notice={item} />}
    </div>
  );
});

function FreshMark(): JSX.Element {
  const { words } = useView();
  return (
    <div class="fresh">
      <span>{words.value.timeline.fresh}</span>
    </div>
  );
}
