/** How many texts are kept: more than a persona has files, and less than a build has memory. */
const MOST = 16;

/** How many personas were begun. */
let begun = 0;

/** Lets go of what is known: of the next persona, nothing is. What stays for long, the garbage collector copies again and again. */
export function beginPersona(): void {
  begun++;
}

/**
 * What was found out about the last few texts of a persona. Its targets are made one after the other and share most of their
 * texts, so the next file is often one that is known.
 */
export class Recent<Value> {
  #entries: { readonly text: string; readonly value: Value }[] = [];
  #last = -1;
  #persona = 0;

  /** What is known of a text; undefined for nothing. */
  get(text: string): Value | undefined {
    return this.#find((known) => known === text)?.value;
  }

  /** The text that another one ends with; "" for none. */
  endOf(text: string): string {
    return this.#find((known) => known !== "" && text.slice(-known.length) === known)?.text ?? "";
  }

  /** The value itself, for what is found out just now. */
  set(text: string, value: Value): Value {
    if (this.#persona !== begun) [this.#entries, this.#last, this.#persona] = [[], -1, begun];
    this.#last = (this.#last + 1) % MOST;
    this.#entries[this.#last] = { text, value };
    return value;
  }

  /** The newest that fits, which is mostly the very last one. */
  #find(fits: (text: string) => boolean) {
    const { length } = this.#entries;
    for (let back = 0; back < length; back++) {
      const entry = this.#entries[(this.#last - back + length) % length];
      if (entry !== undefined && fits(entry.text)) return entry;
    }
    return undefined;
  }
}
