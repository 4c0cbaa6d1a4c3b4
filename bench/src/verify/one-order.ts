import { Wrong } from './wrong.ts';

/** How far somebody is in the order of messages; -1: it has had none, and may begin anywhere. */
export interface Standing {
  position: number;
}

/**
 * The one order in which everybody sees the messages of some speakers, message by message, for members who come at any time and in any form:
 * whoever is first to bring a message gives it its place, and all others must bring the same ones in the same places.
 */
export class OneOrder {
  /** `seq * speakers + speaker`, by place. */
  readonly #order: number[] = [];
  /** By speaker: the places of its messages. */
  readonly #places: number[][];

  constructor(speakers: number) {
    this.#places = Array.from({ length: speakers }, () => []);
  }

  /** How many messages are known. */
  get length(): number {
    return this.#order.length;
  }

  /**
   * Somebody gets a speaker's `seq`-th message. Throws Wrong unless it is the one that follows what this one has. False if that can't be told yet: this one
   * has had none, and of this message nobody knows the place; it is to be given again once somebody does.
   */
  take(standing: Standing, speaker: number, seq: number): boolean {
    const places = this.#places[speaker];
    if (places === undefined) throw new Wrong(`got a message of speaker ${speaker}, who is nobody`);
    const place = places[seq];
    if (place === undefined) {
      if (standing.position < 0) return false;
      if (seq !== places.length)
        throw new Wrong(
          `got message ${seq} of speaker ${speaker} where its message ${places.length} was due`,
        );
      places.push(this.#order.length);
      this.#order.push(seq * this.#places.length + speaker);
    }
    const came = place ?? this.#order.length - 1;
    if (standing.position >= 0 && came !== standing.position) {
      const kind =
        came < standing.position ? 'twice, or too late' : 'too early: one was lost, or the order differs';
      throw new Wrong(
        `got message ${seq} of speaker ${speaker} ${kind}: it is the ${came}th, and the ${standing.position}th was due`,
      );
    }
    standing.position = came + 1;
    return true;
  }
}
