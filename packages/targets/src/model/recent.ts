/** How many texts are kept: more than a persona has files, and less than a build has memory. */
const MOST = 16;

/**
 * What was found out about the last few texts. The targets of a persona are made one after the other and share most of their
 * texts, so the next file is often one that is known.
 */
export class Recent<Value> {
  readonly #entries: { readonly text: string; readonly value: Value }[] = [];
  #next = 0;

  /** The texts of which something is known. */
  get texts(): string[] {
    return this.#entries.map(({ text }) => text);
  }

  /** What is known of a text; undefined for nothing. */
  get(text: string): Value | undefined {
    for (const entry of this.#entries) if (entry.text === text) return entry.value;
    return undefined;
  }

  /** The value itself, for what is found out just now. */
  set(text: string, value: Value): Value {
    this.#entries[this.#next] = { text, value };
    this.#next = (this.#next + 1) % MOST;
    return value;
  }
}
