/** The box for what one says, and what belongs to it: what one answers, how the line fares, what is wrong. */
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Words } from '../i18n/words.ts';
import type { Conversation, Problem } from '../model/app.ts';
import { useFocusWanted } from './focus.ts';
import { now } from './frame.ts';
import { IconButton } from './icon-button.tsx';
import { Icon } from './icons.tsx';
import { Completions } from './later.ts';
import { LineBanner } from './line-state.tsx';
import { Name } from './name.tsx';
import { COMPLETIONS_ID, optionId, useOffer } from './offer.ts';
import { Recall } from './recall.ts';
import { titleOf } from './title.ts';
import { useView } from './view.ts';

export function Composer({ conversation }: { readonly conversation: Conversation }): JSX.Element {
  const { app, spoken, words } = useView();
  const t = words.value;
  const { draft, answering } = conversation;
  const box = useRef<HTMLTextAreaElement>(null);
  const problem = useSignal<Problem | undefined>(undefined);
  const recall = useRef(new Recall());

  /** Makes it the text of the box at once: the next letter may come before the next rendering. */
  const put = (text: string): void => {
    draft.value = text;
    if (box.current && app.current.peek() === conversation) box.current.value = text;
  };

  /** Writes into the box as if it were typed; what is between `from` and `to` is selected. */
  const write = (text: string, from = text.length, to = from): void => {
    put(text);
    box.current?.setSelectionRange(from, to);
    box.current?.focus();
  };

  const { offer, ...list } = useOffer(({ from, to }, insert) =>
    write(draft.value.slice(0, from) + insert + draft.value.slice(to), from + insert.length),
  );

  useEffect(() => {
    list.show(undefined);
    problem.value = undefined;
    recall.current = new Recall();
  }, [conversation.key]);

  useFocusWanted('box', () => box.current?.focus());

  useLayoutEffect(() => fitHeight(box.current), [draft.value, conversation.key]);

  const submit = async (): Promise<void> => {
    const text = draft.value;
    if (text.trim() === '') return;
    const answered = answering.value;
    list.show(undefined);
    const done = app.submit(text);
    put('');
    const wrong = await done;
    if (!wrong) {
      if (answering.value === answered) answering.value = undefined;
      return;
    }
    if (draft.value === '') put(text);
    spoken.value = t.problems[wrong.what](wrong.about ?? '');
    if (app.current.peek() === conversation) problem.value = wrong;
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    const caret = box.current?.selectionStart ?? 0;
    if (list.key(key, draft.value) || (key === 'Tab' && list.ask(app.complete(draft.value, caret)))) {
      event.preventDefault();
      // A screen reader asks at once which one is chosen now.
      now();
    } else if (key === 'Enter') {
      event.preventDefault();
      void submit();
    } else if (key === 'Escape') {
      answering.value = undefined;
    } else if (key === 'ArrowUp' || key === 'ArrowDown') {
      const text = recall.current.step(key === 'ArrowUp' ? 1 : -1, draft.value, conversation.said.value);
      if (text === undefined) return;
      event.preventDefault();
      write(text);
    }
  };

  const { completion, selected = 0 } = offer.value ?? {};
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
        box.current?.focus();
      }}
    >
      <LineBanner />
      {answering.value && <Answering conversation={conversation} />}
      {completion && <Completions completion={completion} selected={selected} choose={list.choose} />}
      <div class="box">
        <textarea
          ref={box}
          rows={1}
          dir="auto"
          enterkeyhint="send"
          aria-label={t.box.label(titleOf(conversation, t))}
          aria-describedby="box-problem"
          aria-autocomplete="list"
          aria-controls={completion ? COMPLETIONS_ID : undefined}
          aria-activedescendant={completion ? optionId(selected) : undefined}
          placeholder={placeholder(conversation, t)}
          value={draft.value}
          onInput={({ currentTarget: { value, selectionStart } }) => {
            draft.value = value;
            problem.value = undefined;
            list.show(app.complete(value, selectionStart));
          }}
          onBlur={() => list.show(undefined)}
          onKeyDown={onKeyDown}
        />
        <IconButton
          icon="slash"
          label={t.box.commands}
          onClick={() => {
            if (draft.value === '') write('/');
            box.current?.focus();
            list.show(app.complete(draft.value, draft.value.length));
          }}
        />
        <IconButton
          icon="code"
          label={t.box.code}
          onClick={() => {
            if (box.current) write(...asCode(box.current));
          }}
        />
        <button type="submit" class="icon-button send" aria-label={t.box.send} title={t.box.hint}>
          <Icon name="send" />
        </button>
      </div>
      <p id="box-problem" class="note problem">
        {problem.value && t.problems[problem.value.what](problem.value.about ?? '')}
      </p>
    </form>
  );
}

function Answering({ conversation }: { readonly conversation: Conversation }): JSX.Element | null {
  const { focus, words } = useView();
  const t = words.value.box;
  const { answering } = conversation;
  const { value: message } = answering;
  if (!message) return null;
  return (
    <div class="answering">
      <span class="hidden">{t.answering(message.from)}: </span>
      <Icon name="answer" />
      <Name name={message.from} /> <bdi class="said">{message.text}</bdi>
      <IconButton
        icon="close"
        label={t.stopAnswering}
        onClick={() => {
          answering.value = undefined;
          focus.value = 'box';
        }}
      />
    </div>
  );
}

function placeholder(conversation: Conversation, { box: t }: Words): string {
  const title = conversation.title.value;
  switch (conversation.kind) {
    case 'lobby':
      return t.placeholderLobby;
    case 'room':
      return t.placeholderRoom(title);
    case 'private':
      return t.placeholderPrivate(title);
    default:
      return conversation.kind satisfies never;
  }
}

/** The text of the box with what is selected in it marked as code: the text, and what is then selected. Several lines, or a whole text, make a block. */
function asCode({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): [string, number, number] {
  const chosen = value.slice(selectionStart, selectionEnd);
  const block = chosen.includes('\n') || (chosen === '' && value === '');
  const before = block ? '```\n' : '`';
  const after = block ? '\n```' : '`';
  const from = selectionStart + before.length;
  return [
    value.slice(0, selectionStart) + before + chosen + after + value.slice(selectionEnd),
    from,
    from + chosen.length,
  ];
}

/** As high as its text, where CSS cannot do it (`field-sizing`, style/composer.css). */
function fitHeight(box: HTMLTextAreaElement | null): void {
  if (!box || CSS.supports('field-sizing', 'content')) return;
  box.style.height = 'auto';
  box.style.height = `${box.scrollHeight}px`;
}
