import type { JSX } from 'preact';
import type { Conversation } from '../model/app.ts';
import { Icon } from './icons.tsx';
import { Leaf } from './name.tsx';
import { titleOf } from './title.ts';
import { useView } from './view.ts';

/** The title of a conversation behind its sign: the tree, a house, the leaf of the other. */
export function ConversationName({ conversation }: { readonly conversation: Conversation }): JSX.Element {
  const { words } = useView();
  const title = titleOf(conversation, words.value);
  return (
    <>
      {conversation.kind === 'private' ? <Leaf name={title} /> : <Icon name={conversation.kind} />}
      <bdi class="title">{title}</bdi>
    </>
  );
}
