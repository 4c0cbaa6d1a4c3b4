/** A member by the client library, as the page, the terminal client and programs are: comes back by itself, and writes down all that it is told. */
import { type Chat, type ChatEvent, connect } from '@palabre/client';
import type { Told } from '../chaos/survivor.ts';

export class LibraryMember {
  readonly name: string;
  readonly told: Told[] = [];
  /** Who came and went, by name. */
  readonly presence: string[] = [];
  readonly wrong: string[] = [];
  resumes = 0;
  said = 0;
  receipts = 0;
  /** Called when something has happened. */
  onEvent: () => void = () => {};
  readonly #chat: Chat;
  #came = false;

  private constructor(name: string, chat: Chat) {
    this.name = name;
    this.#chat = chat;
    void this.#read();
  }

  static async enter(port: number, name: string): Promise<LibraryMember> {
    return new LibraryMember(name, await connect(`127.0.0.1:${port}`, { name }));
  }

  /** Says its next line, which is its name and a number. */
  sayNext(): void {
    this.#chat.say(`${this.name}:${this.said++}`).then(
      () => {
        this.receipts++;
        this.onEvent();
      },
      (error: unknown) => this.wrong.push(`${this.name} could not say something: ${error}`),
    );
  }

  close(): void {
    this.#chat.detach();
  }

  async #read(): Promise<void> {
    for await (const event of this.#chat) {
      this.#take(event);
      this.onEvent();
    }
  }

  #take(event: ChatEvent): void {
    switch (event.type) {
      case 'message':
        this.told.push({ id: event.id ?? 0, line: `MSG ${event.from} ${event.text}`, room: '' });
        break;
      case 'arrived':
      case 'left':
        this.presence.push(`${event.type} ${event.name}`);
        break;
      case 'line':
        if (event.state === 'connected') this.#connected(event.resumed);
        break;
      case 'gap':
      case 'refused':
      case 'renamed':
        this.wrong.push(`${this.name} was told of something ${event.type}`);
        break;
      default:
        event satisfies never;
    }
  }

  #connected(resumed: boolean): void {
    if (resumed) this.resumes++;
    else if (this.#came) this.wrong.push(`${this.name} came back as somebody else`);
    this.#came = true;
  }
}
