import { isDevice } from "./color.ts";
import { clearStatus, showStatus } from "./terminal.ts";

/** In milliseconds: shorter waits need no message, and faster updates cannot be read. */
const SILENCE = 1000;
const REFRESH = 100;

/** A progress line in a terminal, shown after one second. Any other output replaces it. */
export class Progress {
  #text: string;
  #next = 0;
  // Shows the line while a step waits.
  readonly #timer: NodeJS.Timeout | undefined;

  /** @param mayBeSeen Whether stderr may be a terminal. That is cheap to ask; to ask the stream opens it. */
  constructor(text: string, mayBeSeen = isDevice(2)) {
    this.#text = text;
    if (!mayBeSeen || !process.stderr.isTTY) return;
    // Only here: to ask it the first time loads a part of Node.
    this.#next = performance.now() + SILENCE;
    this.#timer = setTimeout(() => this.#show(), SILENCE).unref();
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
