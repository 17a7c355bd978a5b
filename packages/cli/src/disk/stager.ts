import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import { type Held, NEW_TEXT, type Staged } from "./journal.ts";

/** From so many texts on, a thread writes them: it takes 20 ms to start, and the system 50 microseconds for each new file. */
const MANY = 1000;

/** How many texts go to the thread at once. */
const BATCH = 32;

/** How many may wait for it: while there are more, they are written here, so that they do not fill the memory. */
const MOST_WAITING = 128;

/** It only writes, so that there is nothing to load: whether a text is needed, and when it is moved, is not its affair. */
const WRITER = `
const { parentPort, workerData: { written, options } } = require("node:worker_threads");
const { writeFileSync } = require("node:fs");
parentPort.on("message", (texts) => {
  for (const { staged, text } of texts) writeFileSync(staged, text, options);
  Atomics.add(written, 0, texts.length);
  if (texts.length === 0) parentPort.close();
});
`;

interface Text {
  readonly staged: string;
  readonly text: string;
}

/** Puts texts into the working folder before we know whether they are needed. */
export class Stager {
  readonly #work: string;
  #count = 0;
  #thread: Thread | undefined;

  constructor({ work }: Held) {
    this.#work = work;
  }

  /** Its hash is that of the text as it stands. */
  stage(text: string, sha256: string): Staged {
    const staged = join(this.#work, `text-${this.#count++}`);
    if (this.#count > MANY) this.#thread ??= new Thread();
    if (this.#thread?.takes({ staged, text }) !== true) writeFileSync(staged, text, NEW_TEXT);
    return { staged, sha256 };
  }

  /** Waits until all texts are there, or are no longer written. Throws what the system has thrown. */
  async end(): Promise<void> {
    await this.#thread?.end();
  }
}

class Thread {
  readonly #written = new Int32Array(new SharedArrayBuffer(4));
  readonly #worker: Worker;
  readonly #ended: Promise<unknown>;
  #batch: Text[] = [];
  #sent = 0;

  constructor() {
    const { Worker } = process.getBuiltinModule("node:worker_threads");
    const workerData = { written: this.#written, options: NEW_TEXT };
    this.#worker = new Worker(WRITER, { eval: true, env: {}, execArgv: [], workerData });
    this.#ended = new Promise((done) => this.#worker.once("error", done).once("exit", () => done(undefined)));
  }

  /** Whether it will write a text. */
  takes(text: Text): boolean {
    if (this.#sent - Atomics.load(this.#written, 0) > MOST_WAITING) return false;
    this.#batch.push(text);
    if (this.#batch.length === BATCH) this.#send();
    return true;
  }

  async end(): Promise<void> {
    if (this.#batch.length > 0) this.#send();
    this.#send();
    const error = await this.#ended;
    if (error !== undefined) throw error;
  }

  /** An empty batch is the last one. */
  #send(): void {
    this.#worker.postMessage(this.#batch);
    this.#sent += this.#batch.length;
    this.#batch = [];
  }
}
