import { clearStatus, showStatus } from "./terminal.ts";

/** In milliseconds: what takes less needs no word, and a line that changes more often cannot be read. */
const SILENCE = 1000;
const REFRESH = 100;

/** One line in a terminal about what is being done, once it has taken a second. Anything that is printed replaces it. */
export class Progress {
  #text: string;
  #next = performance.now() + SILENCE;
  // Where a step waits, nothing else would show the line.
  readonly #timer: NodeJS.Timeout | undefined;

  constructor(text: string) {
    this.#text = text;
    if (process.stderr.isTTY) this.#timer = setTimeout(() => this.#show(), SILENCE).unref();
  }

  /** Says how far it is. */
  step(text: string): void {
    if (this.#timer === undefined) return;
    this.#text = text;
    if (performance.now() >= this.#next) this.#show();
  }

  end(): void {
    clearTimeout(this.#timer);
    clearStatus();
  }

  #show(): void {
    this.#next = performance.now() + REFRESH;
    showStatus(this.#text);
  }
}
