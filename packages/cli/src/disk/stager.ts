import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Worker } from "node:worker_threads";
import { sha256 } from "../files/sha256.ts";
import { type Held, NEW_TEXT, type Staged, type StagedFolder } from "./journal.ts";

/** From so many texts on, a thread writes them: it takes 20 ms to start, and the system 50 microseconds for each new file. */
const MANY = 1000;

/** Of so many personas, we expect that many texts. */
const MANY_PERSONAS = 300;

/** How many texts are written together: one by one, between other work, each takes the system a third longer. */
const BATCH = 32;

/** How many may wait for it, so that they do not fill the memory. */
const MOST_WAITING = 256;

/** So long, in milliseconds, it may take for a batch. */
const PATIENCE = 10_000;

/** In bytes. */
const HASH = 32;

/** It only writes and hashes, so that nothing of ours is loaded: whether a text is needed, and when it is moved, is not its affair. */
const WRITER = `
const { parentPort, workerData: { progress, options } } = require("node:worker_threads");
const { mkdirSync, writeFileSync } = require("node:fs");
const { hash } = require("node:crypto");
parentPort.on("message", ({ texts, hashes }) => {
  try {
    for (const [index, { staged, text, folders }] of texts.entries()) {
      for (const folder of folders) mkdirSync(folder);
      writeFileSync(staged, text, options);
      hashes.set(hash("sha256", text, "buffer"), index * ${HASH});
      Atomics.add(progress, 0, 1);
    }
  } catch (error) {
    Atomics.store(progress, 1, 1);
    throw error;
  } finally {
    Atomics.notify(progress, 0);
  }
  if (texts.length === 0) parentPort.close();
});
`;

/** A text, and the file that it is for: its place, absolute. */
interface NewFile {
  readonly file: string;
  readonly text: string;
}

/** A text as it is written. */
interface Text {
  readonly staged: string;
  readonly text: string;
  /** Folders that it needs, and that nothing before it did: the outermost first. */
  readonly folders: readonly string[];
}

/** The hashes of texts that are written together. */
class Hashes {
  readonly said: string[] = [];
  /** Where a thread puts them. */
  bytes: Uint8Array | undefined;

  at(index: number): string {
    const start = index * HASH;
    return this.said[index] ?? Buffer.from(this.bytes?.subarray(start, start + HASH) ?? []).toString("hex");
  }
}

/** Texts that are written together. */
interface Batch {
  readonly texts: Text[];
  readonly hashes: Hashes;
}

/** A text that is written and hashed by the end of its stager. */
class StagedText implements Staged {
  readonly staged: string;
  readonly folder?: StagedFolder;
  readonly #hashes: Hashes;
  readonly #index: number;

  constructor(staged: string, folder: StagedFolder | undefined, { texts, hashes }: Batch) {
    this.staged = staged;
    if (folder !== undefined) this.folder = folder;
    this.#hashes = hashes;
    this.#index = texts.length;
  }

  get sha256(): string {
    return this.#hashes.at(this.#index);
  }
}

/** Where the files of a folder are staged that does not exist yet. */
interface Place {
  readonly path: string;
  readonly folder: StagedFolder;
}

/** Puts texts into the working folder before we know whether they are needed. */
export class Stager {
  readonly #work: string;
  /** By folder; undefined for one that exists. */
  readonly #places: Map<string, Place | undefined>;
  readonly #isMany: boolean;
  /** Some systems let `A.md` be `a.md`. */
  readonly #files = new Set<string>();
  #count = 0;
  #folders = 0;
  #batch: Batch = { texts: [], hashes: new Hashes() };
  #thread: Thread | undefined;

  /** @param personas How many personas there may be texts of. */
  constructor({ folder, work }: Held, personas = 0) {
    this.#work = work;
    this.#places = new Map([[folder, undefined]]);
    this.#isMany = personas >= MANY_PERSONAS;
  }

  /** Its hash is there when {@link end} has been waited for. */
  stage({ file, text }: NewFile): Staged {
    const folders: string[] = [];
    const above = dirname(file);
    // Two texts for one file, which only the end of a build tells apart, are staged apart.
    const place =
      this.#files.size === this.#files.add(file.toLowerCase()).size ? undefined : this.#placeOf(above, folders);
    const staged =
      place === undefined ? join(this.#work, `text-${this.#count}`) : place.path + file.slice(above.length);
    if (place !== undefined) place.folder.files++;
    this.#count++;
    const ready = new StagedText(staged, place?.folder, this.#batch);
    if (this.#batch.texts.push({ staged, text, folders }) === BATCH) this.#flush();
    return ready;
  }

  /** Where a folder that does not exist is staged. What has to be made for it is added to `folders`. */
  #placeOf(folder: string, folders: string[]): Place | undefined {
    if (this.#places.has(folder)) return this.#places.get(folder);
    const above = dirname(folder);
    const outer = above === folder ? undefined : this.#placeOf(above, folders);
    const place = outer === undefined ? this.#newPlace(folder) : { ...outer, path: join(outer.path, basename(folder)) };
    if (place !== undefined) folders.push(place.path);
    this.#places.set(folder, place);
    return place;
  }

  /** Of a folder that does not exist, in one that does. */
  #newPlace(folder: string): Place | undefined {
    if (existsSync(folder)) return undefined;
    const path = join(this.#work, `folder-${this.#folders++}`);
    return { path, folder: { staged: path, place: folder, files: 0 } };
  }

  /** Waits until all texts are there, or are no longer written. Throws what the system has thrown. */
  async end(): Promise<void> {
    this.#flush();
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.end();
  }

  #flush(): void {
    const batch = this.#batch;
    if (batch.texts.length === 0) return;
    this.#batch = { texts: [], hashes: new Hashes() };
    if (this.#isMany || this.#count > MANY) this.#thread ??= new Thread();
    if (this.#thread === undefined) write(batch);
    else this.#thread.take(batch);
  }
}

function write({ texts, hashes }: Batch): void {
  for (const { staged, text, folders } of texts) {
    for (const folder of folders) mkdirSync(folder);
    writeFileSync(staged, text, NEW_TEXT);
    hashes.said.push(sha256(text));
  }
}

class Thread {
  /** How many texts are written, and whether one was refused. */
  readonly #progress = new Int32Array(new SharedArrayBuffer(8));
  readonly #worker: Worker;
  readonly #ended: Promise<unknown>;
  #sent = 0;
  #isStuck = false;

  constructor() {
    const { Worker } = process.getBuiltinModule("node:worker_threads");
    const workerData = { progress: this.#progress, options: NEW_TEXT };
    this.#worker = new Worker(WRITER, { eval: true, env: {}, execArgv: [], workerData });
    this.#ended = new Promise((done) => this.#worker.once("error", done).once("exit", () => done(undefined)));
  }

  /** Waits while too many are before them; where one of those was refused, {@link end} says so. */
  take({ texts, hashes }: Batch): void {
    hashes.bytes = new Uint8Array(new SharedArrayBuffer(BATCH * HASH));
    this.#send(texts, hashes.bytes);
    while (!this.#isStuck && this.#sent - this.#at(0) > MOST_WAITING) {
      this.#isStuck = this.#at(1) > 0 || Atomics.wait(this.#progress, 0, this.#at(0), PATIENCE) === "timed-out";
    }
  }

  async end(): Promise<void> {
    this.#send([]);
    const error = await this.#ended;
    if (error !== undefined) throw error;
  }

  #at(index: number): number {
    return Atomics.load(this.#progress, index);
  }

  /** An empty batch is the last one. */
  #send(texts: readonly Text[], hashes?: Uint8Array): void {
    this.#worker.postMessage({ texts, hashes });
    this.#sent += texts.length;
  }
}
