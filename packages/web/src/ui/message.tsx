/** One line of the talk, or one that is yet to be said. */
import type { JSX } from 'preact';
import type { Message } from '../model/app.ts';
import { IconButton } from './icon-button.tsx';
import { Leaf, Name } from './name.tsx';
import { Text } from './text.tsx';
import { useView } from './view.ts';

export interface MessageLineProps {
  readonly message: Message;
  /** Was looked for: pointed out for a moment. */
  readonly shown: boolean;
  /** Pointed at or focused: its buttons are there. */
  readonly active: boolean;
}

export function MessageLine({ message, shown, active }: MessageLineProps): JSX.Element {
  const { app, words } = useView();
  const { dates } = words.value;
  const { from, head, state } = message;
  const time = dates.time(message.at);
  const classes = ['message', state];
  if (head) classes.push('head');
  if (message.mention) classes.push('mentions-me');
  if (shown) classes.push('shown');
  return (
    <article class={classes.join(' ')} tabIndex={-1}>
      {head && <Leaf name={from} />}
      {head ? (
        <Heading message={message} time={time} />
      ) : (
        <>
          <span class="hidden">
            <bdi>{from}</bdi>, {time}
          </span>
          <span class="gutter" aria-hidden="true">
            {time}
          </span>
        </>
      )}
      {message.re && <Quote message={message} re={message.re} />}
      <Text text={message.text} me={message.mention ? app.me.value : undefined} />
      {state === 'waiting' && <p class="state">{words.value.message.waiting}</p>}
      {state === 'failed' && <Failed message={message} />}
      {active && <Actions message={message} />}
    </article>
  );
}

function Heading({ message, time }: { readonly message: Message; readonly time: string }): JSX.Element {
  const { talkTo, words } = useView();
  const t = words.value;
  const { from, own } = message;
  return (
    <header>
      {own ? (
        <Name name={from} />
      ) : (
        <button
          type="button"
          class="plain"
          tabIndex={-1}
          title={t.message.talkTo(from)}
          onClick={() => talkTo(from)}
        >
          <Name name={from} />
        </button>
      )}{' '}
      <time dateTime={new Date(message.at).toISOString()} title={t.dates.full(message.at)}>
        {time}
      </time>
    </header>
  );
}

interface QuoteProps {
  readonly message: Message;
  readonly re: NonNullable<Message['re']>;
}

/** What a line answers; leads to it. */
function Quote({ message, re }: QuoteProps): JSX.Element {
  const { jumps, words } = useView();
  const t = words.value.message;
  return (
    <button
      type="button"
      class="quote"
      title={t.toQuoted(re.from ?? '…')}
      onClick={() => void jumps.toMessage(message.conversation, re.id)}
    >
      {re.from !== undefined && <Name name={re.from} />} <bdi>{re.text ?? t.quotedUnknown}</bdi>
    </button>
  );
}

function Failed({ message }: { readonly message: Message }): JSX.Element {
  const t = useView().words.value;
  const { problem } = message;
  return (
    <p class="state">
      {t.message.failed} {problem && t.problems[problem.what](problem.about ?? '')}{' '}
      {message.retry && (
        <button type="button" class="small" onClick={() => message.retry?.()}>
          {t.message.retry}
        </button>
      )}{' '}
      {message.drop && (
        <button type="button" class="small" onClick={() => message.drop?.()}>
          {t.message.drop}
        </button>
      )}
    </p>
  );
}

function Actions({ message }: { readonly message: Message }): JSX.Element {
  const { app, focus, spoken, words } = useView();
  const t = words.value.message;
  const answer = (): void => {
    app.current.value.answering.value = message;
    focus.value = 'box';
  };
  const copy = async (): Promise<void> => {
    await navigator.clipboard?.writeText(message.text);
    spoken.value = t.copied;
  };
  return (
    <div class="actions">
      {message.id !== undefined && <IconButton icon="answer" label={t.answer} onClick={answer} />}
      <IconButton icon="copy" label={t.copy} onClick={() => void copy()} />
    </div>
  );
}
