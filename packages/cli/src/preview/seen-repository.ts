import { relative, resolve } from "node:path";
import type { Check, Diagnosis } from "@personakit/checks";
import type { Copies, CopyFile } from "@personakit/core/copies";
import { countTokens } from "@personakit/targets";
import { type Assembly, assemble } from "../context/assembly.ts";
import { loadEngine, toolsCalled } from "../context/engine.ts";
import { Ours } from "../context/ours.ts";
import { withSlashes } from "../context/paths.ts";
import { namesOfToolsIn } from "../context/place.ts";
import { readInstructionFiles } from "../copies/instruction-files.ts";
import { type DiskRepository, repositoryHere } from "../doctor/repository.ts";
import { configuredFolder, settingsFor } from "../doctor/settings.ts";
import { repositoryOf } from "../files/above.ts";
import { onceForEach, type SeenProject } from "./seen-project.ts";

/** What the doctor says, and the checks that it ran. */
export interface Examined extends Diagnosis {
  readonly checks: readonly Check[];
}

/** The repository around a project as it was when something of it was first asked for. Everything is looked up once, and when it is asked for. */
export class SeenRepository {
  readonly #project: SeenProject;
  readonly #repository: DiskRepository;
  readonly #paths: ReadonlySet<string>;
  readonly #ours: Ours;
  readonly #assemblies = new Map<string, Promise<readonly Assembly[]>>();
  #examined: Promise<Examined> | undefined;
  #readable: readonly CopyFile[] | undefined;
  #copies: Promise<Copies> | undefined;

  constructor(project: SeenProject) {
    this.#project = project;
    this.#repository = repositoryHere(project.folder);
    this.#paths = new Set(this.#repository.paths);
    this.#ours = new Ours(this.root, this.#repository.files);
  }

  /** Its folder: an absolute path with forward slashes. */
  get root(): string {
    return this.#repository.root;
  }

  /** What is there and could not be read. */
  get unread(): DiskRepository["unread"] {
    return this.#repository.unread;
  }

  /** The files in it. */
  get paths(): readonly string[] {
    return this.#repository.paths;
  }

  /** A file's text; undefined where there is none that may be read. */
  textOf(path: string): string | undefined {
    if (!this.#paths.has(path)) return undefined;
    const bytes = this.#repository.files.file(`${this.root}/${path}`)?.bytes;
    return bytes === undefined ? undefined : new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  }

  /** The persona that a whole file was built of. */
  personaOf(path: string): string | undefined {
    return this.#ours.personaOf(`${this.root}/${path}`);
  }

  /** A path of the project, relative to the repository. */
  pathOf(path: string): string {
    return withSlashes(relative(this.root, resolve(this.#project.folder, path)));
  }

  /** A path, relative to the repository where it lies in it. */
  shown(path: string): string {
    return path.startsWith(`${this.root}/`) ? path.slice(this.root.length + 1) : path;
  }

  /** What the doctor finds. What the project's configuration says of checks counts where it was loaded; no other module is. */
  examine(): Promise<Examined> {
    this.#examined ??= this.#examine();
    return this.#examined;
  }

  async #examine(): Promise<Examined> {
    const [library] = await Promise.all([import("@personakit/checks"), othersFirst()]);
    const { folder, config } = this.#project;
    const at = configuredFolder(this.root, folder);
    const { checks, off } = await settingsFor(library, at, { checks: undefined, config: config !== undefined });
    return { ...library.runChecks(this.#repository, { checks, off }), checks };
  }

  /** The texts that are compared with each other: instruction files, wherever they lie, but for those that were built. */
  get readable(): readonly CopyFile[] {
    this.#readable ??= readInstructionFiles(this.root).filter(({ path }) => this.personaOf(path) === undefined);
    return this.#readable;
  }

  /** What stands in several of them. */
  copies(): Promise<Copies> {
    this.#copies ??= this.#findCopies();
    return this.#copies;
  }

  async #findCopies(): Promise<Copies> {
    const [{ findCopies }] = await Promise.all([import("@personakit/core/copies"), othersFirst()]);
    return findCopies(this.readable, { tokens: countTokens });
  }

  /** What each tool in use puts before its model in a folder, which is relative to the repository. */
  contextIn(folder: string): Promise<readonly Assembly[]> {
    const known = this.#assemblies.get(folder) ?? this.#assemble(folder);
    this.#assemblies.set(folder, known);
    return known;
  }

  async #assemble(folder: string): Promise<readonly Assembly[]> {
    const engine = await loadEngine();
    const { root } = this;
    const cwd = folder === "" ? root : `${root}/${folder}`;
    const gitRoot = repositoryOf(cwd);
    const place = { root, cwd, gitRoot: gitRoot === undefined ? undefined : withSlashes(gitRoot), home: undefined };
    return assemble(engine, toolsCalled(engine, namesOfToolsIn(place)), place, this.#repository.files).assemblies;
  }
}

/** In milliseconds: the page asks all that it shows within this time. */
const PAUSE = 30;

/** Waits, so that what is answered in a moment does not stand behind what takes seconds in a large repository. */
function othersFirst(): Promise<void> {
  return new Promise((go) => setTimeout(go, PAUSE));
}

/** The repository around a project: the same one for each question about a build. */
export const repositoryAround = onceForEach((project) => new SeenRepository(project));
