import { basename, extname, join, resolve, sep } from "node:path";
import { Worker } from "node:worker_threads";
import type { Answers, Ask, Kind } from "@personakit/preview";
import type { FSWatcher } from "chokidar";
import type { InstructionPlaces } from "../detect/instruction-places.ts";
import { LOCKFILE } from "../disk/lockfile.ts";
import { type ExitCode, messageOf } from "../issues/command-error.ts";
import { writeLine } from "../output/terminal.ts";

/** The file types of configurations and personas. */
const SOURCE_ENDINGS = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs", ".json", ".md", ".mdc", ".toml"];

/** In milliseconds: saving several files at once should cause one build. */
const SETTLED_AFTER = 20;

/** How many ticks without progress end a thread. */
const TICKS = 20;

/** What is said on the page of a thread that could not say it. */
const ENDED = "A module has ended the build. The terminal says more.";

/** Data for a thread when it starts. */
export interface BuilderData {
  readonly packages: readonly string[];
  /** The thread counts here while nothing blocks it. */
  readonly beats: Int32Array<SharedArrayBuffer>;
}

/** What a thread should do. */
export interface BuildInput {
  /** Write files, or answer questions about what would be in them. */
  readonly job: "build" | "view";
  readonly sources: readonly string[];
  readonly options: { readonly out: string; readonly timeout: string; readonly json: boolean; readonly watch: boolean };
}

/** What a thread says when it has built. */
export interface BuildAnswer {
  /** The packages that modules have imported: the next build loads them ahead of time. */
  readonly packages: readonly string[];
  /** Files of the user's own, and folders of skills, wherever they lie. */
  readonly places: readonly string[];
  /** What keeps a thread from answering questions, each as one text. */
  readonly errors?: readonly string[];
  /** Set where it can be asked already, while it is still building. */
  readonly isFirst?: true;
}

/** What a thread is asked that has built. */
export interface Question {
  /** Counts up. */
  readonly question: number;
  readonly kind: Kind;
  readonly name: string;
  readonly given: unknown;
}

/** What it answers. */
export interface Answered {
  readonly question: number;
  /** Undefined where there is nothing of that name. */
  readonly value?: unknown;
  /** Why there is no answer. */
  readonly problem?: string;
}

/** Builds now, and again whenever a source in the project changes, until the process is stopped. */
export function watch(sources: readonly string[], options: BuildInput["options"]): Promise<ExitCode> {
  return follow({ job: "build", sources, options: { ...options, watch: false } });
}

/** Hears what came of a build, and how to ask the thread that has made it, as long as no later one is right. */
type Built = (answer: BuildAnswer, ask: Ask) => void;

/** A build writes into hidden folders, and must not follow what it has written. */
const NONE: InstructionPlaces = { hidden: new Set(), outside: [] };

/**
 * Does a job now, and again whenever a source in the project changes, or an instruction file in one of some places, until the process is
 * stopped. Says each time what came of it.
 */
export async function follow(
  input: BuildInput,
  { hidden, outside }: InstructionPlaces = NONE,
  built: Built = () => {},
): Promise<ExitCode> {
  const { sources, options } = input;
  const stopped = new Promise<void>((stop) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop());
  });
  const places = new Set(outside);
  const builds = new Builds(input, (answer, ask) => {
    const added = answer.places.filter((each) => !places.has(each));
    for (const each of added) places.add(each);
    watcher.add(added);
    built(answer, ask);
  });
  const named = sources.filter((source) => /^[./\\]/.test(source)).map((source) => resolve(source));
  // Starts before the first build reads anything, so that no save is missed.
  const watched = [resolve(options.out), ...named, ...outside];
  const watcher = await watchSources(watched, { places, hidden }, () => builds.request());
  builds.request();
  await stopped;
  await watcher.close();
  await builds.end();
  return 0;
}

/** What is followed although its name says that it is none of the sources. */
interface Followed {
  /** Absolute paths. */
  readonly places: ReadonlySet<string>;
  /** Names of hidden files and folders. */
  readonly hidden: ReadonlySet<string>;
}

/** Watches paths, and whatever is added to the places and to the watcher. */
async function watchSources(paths: readonly string[], followed: Followed, changed: () => void): Promise<FSWatcher> {
  // chokidar watches alike on every platform: maintained, typed, one small dependency, no install script.
  const { watch: watchFiles } = await import("chokidar");
  const watcher = watchFiles([...paths], {
    ignoreInitial: true,
    ignored: (path, stats) => isIgnored(path, stats?.isFile() ?? false, followed),
  });
  let timer: NodeJS.Timeout | undefined;
  const settle = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, SETTLED_AFTER);
  };
  watcher.on("all", settle);
  // If a file changes twice within 50 ms, "all" reports only the first. Raw events report all of them, but also
  // changes of files that are not sources.
  watcher.on("raw", (_, name, details) => {
    const { watchedPath = "" } = details as { readonly watchedPath?: string };
    const path = !name || basename(watchedPath) === name ? watchedPath : join(watchedPath, name);
    if (!isIgnored(path, true, followed)) settle();
  });
  await new Promise<void>((ready) => watcher.once("ready", () => ready()));
  return watcher;
}

/** Of a thread that has ended. */
const NOT_BUILT: BuildAnswer = { packages: [], places: [], errors: [ENDED] };

const noAnswer: Ask = async () => {
  throw new Error(ENDED);
};

/** Runs builds one after the other. Changes during a build cause one more. */
class Builds {
  readonly #input: BuildInput;
  readonly #built: Built;
  #ready = new Builder([]);
  #current: Builder | undefined;
  /** The last one that was right, and that stays to be asked. */
  #asked: Builder | undefined;
  #isWanted = false;
  #hasEnded = false;

  constructor(input: BuildInput, built: Built) {
    this.#input = input;
    this.#built = built;
  }

  request(): void {
    this.#isWanted = true;
    if (this.#current === undefined) void this.#build();
  }

  async #build(): Promise<void> {
    while (this.#isWanted && !this.#hasEnded) {
      this.#isWanted = false;
      this.#current = this.#ready;
      const builder = this.#current;
      const answer = await builder.build(this.#input, (first) => {
        // Where there is a whole project to look at, a part of the next one is less.
        if (this.#asked === undefined) this.#ask(builder, first);
      });
      if (this.#hasEnded) break;
      const earlier = this.#asked;
      if (answer.errors === undefined) this.#ask(builder, answer);
      else this.#built(answer, noAnswer);
      if (earlier !== this.#asked) await earlier?.close();
      if (builder !== this.#asked) await builder.close();
      this.#ready = new Builder(answer.packages);
    }
    this.#current = undefined;
  }

  /** From now on, this one is asked; should it end, nobody is until the next build. */
  #ask(builder: Builder, answer: BuildAnswer): void {
    if (this.#input.job === "view" && this.#asked !== builder) {
      void builder.ended.then(() => {
        if (this.#asked === builder && !this.#hasEnded) this.#built(NOT_BUILT, noAnswer);
      });
    }
    this.#asked = builder;
    this.#built(answer, (kind, name, given) => builder.ask(kind, name, given));
  }

  /** Ends at once, even in the middle of a build: the next run cleans up. */
  async end(): Promise<void> {
    this.#hasEnded = true;
    await Promise.all([this.#current, this.#asked, this.#ready].map((each) => each?.close()));
  }
}

/**
 * A thread that has loaded the compiler and packages, but no user modules, and builds once. Modules stay in a
 * thread's cache, so each build needs a new thread; made in advance, it costs no time.
 */
class Builder {
  readonly #worker: Worker;
  /** Settles when the thread has ended, by itself or by others. */
  readonly ended: Promise<void>;
  readonly #beats = new Int32Array(new SharedArrayBuffer(4));
  readonly #questions = new Map<number, (answer: Answered) => void>();
  #answered: (answer: BuildAnswer) => void = () => {};
  #first: (answer: BuildAnswer) => void = () => {};
  #asked = 0;
  #isClosed = false;

  constructor(packages: readonly string[]) {
    const here = import.meta.url;
    const url = here.endsWith(".ts") ? new URL("../../worker.ts", here) : new URL("./worker.js", here);
    this.#worker = new Worker(url, { workerData: { packages, beats: this.#beats } satisfies BuilderData });
    this.#worker.on("message", (message: BuildAnswer | Answered) => {
      if ("question" in message) this.#questions.get(message.question)?.(message);
      else if (message.isFirst) this.#first(message);
      else this.#answered(message);
    });
    // An uncaught error in a source ends only this build.
    this.#worker.on("error", (error) => this.#say(`the build failed: ${messageOf(error)}`));
    this.ended = new Promise((done) => this.#worker.once("exit", () => done()));
  }

  /**
   * Returns when a build has ended, and where its job is to answer questions, when they can be asked.
   *
   * @param first Is told of questions that can be asked before.
   */
  async build(input: BuildInput, first: (answer: BuildAnswer) => void): Promise<BuildAnswer> {
    this.#first = first;
    const seconds = Number(input.options.timeout);
    const timer = this.#watchBeats((seconds * 1000) / TICKS, () => {
      this.#say(`a module did not finish within ${seconds} seconds. If it needs longer, set --timeout`);
      void this.#worker.terminate();
    });
    const answered = new Promise<BuildAnswer>((done) => {
      this.#answered = done;
    });
    this.#worker.postMessage(input);
    const answer = await Promise.race([answered, this.ended]);
    void this.ended.then(() => clearInterval(timer));
    if (input.job === "build") await this.ended;
    if (answer === undefined && !this.#isClosed && !input.options.json) writeLine("watching");
    return answer ?? (input.job === "build" ? { packages: [], places: [] } : NOT_BUILT);
  }

  /** Asks a thread that has built. Throws where it cannot answer. */
  async ask<K extends Kind>(kind: K, name: string, given: unknown): Promise<Answers[K] | undefined> {
    const question = this.#asked++;
    const answered = new Promise<Answered>((done) => this.#questions.set(question, done));
    this.#worker.postMessage({ question, kind, name, given } satisfies Question);
    const answer = await Promise.race([answered, this.ended]);
    this.#questions.delete(question);
    if (answer?.problem !== undefined || answer === undefined) throw new Error(answer?.problem ?? ENDED);
    return answer.value as Answers[K] | undefined;
  }

  /** The thread counts while it can. If the count stops, the thread is blocked. */
  #watchBeats(tick: number, late: () => void): NodeJS.Timeout {
    let seen = 0;
    let still = 0;
    return setInterval(() => {
      const now = Atomics.load(this.#beats, 0);
      still = now === seen && now > 0 ? still + 1 : 0;
      seen = now;
      if (still === TICKS) late();
    }, tick);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#worker.terminate();
  }

  #say(problem: string): void {
    if (!this.#isClosed) writeLine(`error: ${problem}.`, "stderr");
  }
}

/** Everything that is not a source: our own output is Markdown, or in a tool's folder. What a build has read is one, wherever it lies. */
function isIgnored(path: string, isFile: boolean, { places, hidden }: Followed): boolean {
  if (places.has(path)) return false;
  const name = path.slice(path.lastIndexOf(sep) + 1);
  if (hidden.has(name)) return false;
  if (name === "node_modules" || name === LOCKFILE) return true;
  if (name.startsWith(".") && name !== ".") return true;
  return isFile && !SOURCE_ENDINGS.includes(extname(path)) && ![...places].some((each) => path.startsWith(each + sep));
}
