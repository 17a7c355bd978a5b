import { isDeepStrictEqual } from "node:util";
import type { Document, Issue, Origin, PersonaData } from "@personakit/core";
import { hintFor, originOfDocument, own } from "@personakit/core/internal";
import {
  type Artifact,
  checkSettings,
  type Fidelity,
  ownFolder,
  SDK_IDS,
  type Target,
  targets,
} from "@personakit/targets";
import { throwRefused } from "../guard/user-code.ts";
import { CommandError, issue, messageOf, throwIssues, within } from "../issues/command-error.ts";
import type { PersonaEntry, PersonaSource } from "../sources/define-config.ts";
import type { OwnFile } from "../sources/own-file.ts";
import type { FileBeside } from "../sources/skill-folder.ts";
import { documentOf } from "../sources/unit.ts";
import { describeLosses, plannedFidelity } from "./fidelity.ts";
import { doubleLoading, SharedLimits } from "./shared.ts";

/** Stands for the persona of a file that all personas share. */
export const ALL_PERSONAS = "*";

/** A file to write, and what it was made from. */
export interface PlannedArtifact extends Artifact {
  readonly persona: string;
  readonly version?: string;
  /** One, or several that share a reference. */
  readonly targets: readonly string[];
  /** Where the persona was loaded from. */
  readonly source: string;
  /** Set for a text of the user's as it stands, which its tool may read in its own way. */
  readonly isOwnText?: true;
  /** Set where that text lies already: it is source and output in one, and never ours. */
  readonly isSource?: true;
  /** The file of the user's that it is a copy of, as the user would type it, where that is not the source itself. */
  readonly from?: string;
  /** A file of the project that a new one takes its mode from: a script stays executable. */
  readonly like?: string;
}

/** A compiled persona with its files for each target. */
export interface PlannedPersona {
  readonly document: Document;
  readonly request: Request;
  readonly artifacts: readonly PlannedArtifact[];
  /** By target. */
  readonly fidelity: readonly (readonly [target: string, features: readonly Fidelity[]])[];
}

/** A file that the personas of a folder share, such as a catalogue. */
export interface PlannedCombined {
  readonly target: Target;
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  /** Its entry for each persona. */
  readonly members: { readonly [persona: string]: unknown };
}

/** What personas have in common. */
export interface SharedPlan {
  /** The files that personas share, as far as these personas are in them. */
  readonly combined: readonly PlannedCombined[];
  /** Every target that a persona is built for. */
  readonly targets: readonly Target[];
  /** What the user should know, although nothing fails. */
  readonly warnings: readonly Issue[];
  /** Those of them that a source should say otherwise: old names, deprecated rules, drops of nothing. */
  readonly sourceWarnings: readonly Issue[];
  /** Those of them that are about files of the user's own, which may have them for good. */
  readonly fileWarnings: readonly Issue[];
}

/** Everything that a command line would write. */
export interface Plan extends SharedPlan {
  readonly personas: readonly PlannedPersona[];
}

/** A persona that is to be compiled: for which targets, and into which folder of the project. */
export interface Request {
  readonly unit: PersonaData | Document;
  /** Where it was loaded from, as the user wrote it. */
  readonly source: string;
  readonly targets: readonly Target[];
  /** Relative to the project, with forward slashes; "" for the project itself. */
  readonly out: string;
  /** Which persona of the configuration it is, from 0. */
  readonly entry?: number;
  /** The user's own file that it was read from. */
  readonly file?: OwnFile;
  /** Paths that get that file as it is, relative to the project. */
  readonly copies?: readonly string[];
  /** Whether nothing but those is made of that file. */
  readonly isOnlyRead?: boolean;
  /** What the user should know of that file. */
  readonly warnings?: readonly Issue[];
  /** Where the configuration extends it, as the user would look for it. */
  readonly extendedAt?: string;
  /** What the configuration extends there. */
  readonly base?: PersonaData;
  /** What the configuration says of it, as it stands there. */
  readonly item?: PersonaSource | PersonaEntry;
}

/** How a plan is made. */
export interface PlanOptions {
  /** Every loss is an error. */
  readonly strict?: boolean;
  /** Earlier problems, thrown together with those found here. */
  readonly issues?: readonly Issue[];
}

/**
 * Compiles personas one by one, and keeps only what they share: in a large project, no persona has to stay in
 * memory until the end.
 */
export class Planner {
  readonly #issues: Issue[] = [];
  readonly #losses: Issue[] = [];
  readonly #ids = new Map<string, { readonly source: string; readonly document: Document | undefined }>();
  readonly #idIssues: Issue[] = [];
  readonly #paths = new SharedPaths();
  readonly #limits = new SharedLimits();
  readonly #targets = new Set<Target>();
  readonly #fileWarnings: Issue[] = [];
  readonly #double = new Map<string | undefined, Issue>();
  readonly #unchecked: Issue[] = [];
  readonly #seenTargets = new Set<Request["targets"]>();
  readonly #combined = new Map<string, PlannedCombined & { readonly members: Record<string, unknown> }>();
  readonly #sourceWarnings = new SourceWarnings();
  readonly #isStrict: boolean;

  /** @param strict Every loss is an error. */
  constructor({ strict = false }: Pick<PlanOptions, "strict"> = {}) {
    this.#isStrict = strict;
  }

  /** Returns the persona with its files, or undefined if it could not be compiled, which `finish` reports. */
  add(request: Request): PlannedPersona | undefined {
    const { persona, issues, warnings } = compilePersona(request);
    for (const warning of warnings) this.#sourceWarnings.add(warning);
    this.#issues.push(...issues);
    if (request.warnings !== undefined) this.#fileWarnings.push(...request.warnings);
    this.#addTargets(request.targets);
    if (persona === undefined) return undefined;
    this.#idIssues.push(...this.#sharedId(persona));
    const owner = { persona: persona.document.id, source: request.source };
    for (const artifact of persona.artifacts) this.#paths.add(artifact, owner);
    if (
      request.file?.beside !== undefined &&
      persona.artifacts.some(({ isOwnText, isSource }) => isOwnText && !isSource)
    )
      this.#fileWarnings.push(...request.file.beside.left);
    this.#limits.add(persona);
    this.#unchecked.push(...unchecked(persona));
    if (this.#isStrict) this.#losses.push(...losses(persona));
    for (const target of request.targets) this.#combine(target, persona);
    return persona;
  }

  /** Throws a CommandError with everything that is wrong: personas, shared limits, paths used twice. */
  finish(issues: readonly Issue[] = []): SharedPlan {
    throwRefused();
    const combined = [...this.#combined.values()];
    for (const each of combined) this.#paths.add(each, ofAllPersonas(each));
    const limits = this.#limits.issues();
    throwIssues([
      ...issues,
      ...this.#issues,
      ...this.#idIssues,
      ...limits.errors,
      ...this.#paths.issues,
      ...this.#losses,
    ]);
    const sourceWarnings = this.#sourceWarnings.all();
    const warnings = [
      ...this.#fileWarnings,
      ...sourceWarnings,
      ...this.#double.values(),
      ...limits.warnings,
      ...this.#unchecked,
    ];
    return { combined, targets: [...this.#targets], warnings, sourceWarnings, fileWarnings: this.#fileWarnings };
  }

  /** Personas share lists of targets. */
  #addTargets(chosen: Request["targets"]): void {
    if (this.#seenTargets.has(chosen)) return;
    this.#seenTargets.add(chosen);
    for (const target of chosen) this.#targets.add(target);
    for (const each of doubleLoading(chosen)) this.#double.set(each.place, each);
  }

  /** Two different personas of one id could not be told apart afterwards. */
  #sharedId({ document, request: { unit, source }, artifacts }: PlannedPersona): Issue[] {
    // Of what is only compared, nothing is recorded.
    if (artifacts.every(({ isSource }) => isSource)) return [];
    const first = this.#ids.get(document.id);
    // A document is identified by its source; a persona in code is in memory anyway.
    if (first === undefined) {
      this.#ids.set(document.id, { source, document: unit.kind === "document" ? undefined : document });
      return [];
    }
    const isSame =
      first.document === undefined || unit.kind === "document"
        ? first.source === source && first.document === undefined
        : isDeepStrictEqual(first.document, document);
    if (isSame) return [];
    const problem = `two personas have this id: one from ${first.source}, one from ${source}`;
    return [issue("name-taken", document.id, problem, "Give one of them another id with extend.")];
  }

  #combine(target: Target, { document, request: { out } }: PlannedPersona): void {
    if (target.combined === undefined) return;
    const path = placed(out, target.combined.path);
    const file = this.#combined.get(path) ?? { target, path, members: {} };
    file.members[document.id] = target.combined.member(document);
    this.#combined.set(path, file);
  }
}

/** Compiles everything before anything is written. Throws a CommandError with all that is wrong. */
export function makePlan(requests: readonly Request[], options: PlanOptions = {}): Plan {
  const planner = new Planner(options);
  const personas = requests.flatMap((request) => planner.add(request) ?? []);
  return { personas, ...planner.finish(options.issues) };
}

/** Describes a file that all personas of a folder share. */
export function ofAllPersonas({ path }: Pick<PlannedCombined, "path">) {
  return { path, persona: ALL_PERSONAS, source: "all personas" };
}

function placed(out: string, path: string): string {
  return out === "" ? path : `${out}/${path}`;
}

interface CompiledRequest {
  /** Absent when it could not be compiled at all. */
  readonly persona?: PlannedPersona;
  readonly issues: readonly Issue[];
  readonly warnings: readonly Issue[];
}

function compilePersona(request: Request): CompiledRequest {
  const { unit, source, targets: chosen, out, file } = request;
  const issues: Issue[] = [];
  const attempt = <Result>(step: () => Result): Result | undefined => {
    try {
      return step();
    } catch (error) {
      issues.push(...compileIssues(error, request));
      return undefined;
    }
  };
  const warnings: Issue[] = [];
  const document = attempt(() => documentOf(unit, (warning) => warnings.push(warning)));
  if (document === undefined) return { issues, warnings: [] };
  const wrong = wrongSettings(document, request);
  if (wrong.length > 0) return { issues: [...issues, ...wrong], warnings: [] };
  const artifacts: PlannedArtifact[] = [];
  const fidelity: (readonly [string, readonly Fidelity[]])[] = [];
  const version = document.version === undefined ? {} : { version: document.version };
  if (file !== undefined) {
    const made = { persona: document.id, ...version, source };
    const own = attempt(() => ownArtifacts(document, file, request)) ?? [];
    artifacts.push(...own.map((artifact) => ({ ...artifact, ...made })));
    const isRead = document.references.length > 0;
    fidelity.push([
      file.format.id,
      [...(isRead ? [{ feature: "references", status: "kept" } as const] : []), { feature: "body", status: "kept" }],
    ]);
  }
  for (const target of chosen) {
    if (target.id === file?.format.id) continue;
    const compiled = attempt(() => target.compile(document));
    if (compiled === undefined) continue;
    const about = { document, target, source };
    for (const artifact of compiled.artifacts) artifacts.push(planned(artifact, placed(out, artifact.path), about));
    if (file?.beside === undefined) fidelity.push([target.id, compiled.fidelity]);
    else {
      const main = placed(out, compiled.artifacts[0]?.path ?? "");
      const more = withFilesBeside(document, file, { main, target });
      const made = { persona: document.id, ...version, source };
      artifacts.push(...more.artifacts.map((artifact) => ({ ...artifact, ...made })));
      fidelity.push([target.id, [...compiled.fidelity, ...more.lost]]);
    }
  }
  const persona = { document, request, artifacts: mergeShared(artifacts), fidelity };
  return {
    persona,
    issues: [...undescribedOnce(issues, request), ...unknownModels(document, source)],
    warnings: warnings.map((each) => atSource(each, request)),
  };
}

/** A file without a description lacks it for every target that chooses by one: said once, with the line to write and where. */
function undescribedOnce(issues: readonly Issue[], { file, source }: Request): readonly Issue[] {
  const [first, ...more] = issues.filter(({ code }) => code === "no-description");
  if (first === undefined || file === undefined) return issues;
  const others = issues.filter(({ code }) => code !== "no-description");
  const targets = [first, ...more].map(({ place }) => / target (\S+)$/.exec(place ?? "")?.[1] ?? "");
  const problem = `the file says no description, and ${targets.join(", ")} ${more.length > 0 ? "choose" : "chooses"} by it`;
  return [...others, { ...first, ...placeForDescription(file, source), problem }];
}

const DESCRIPTION = "Reviews pull requests. Use it before a merge.";

/** The line below which a description belongs, and how to write it. */
function placeForDescription({ text, path }: OwnFile, source: string): Pick<Issue, "place" | "hint"> {
  const [first = "", ...lines] = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  if (path.endsWith(".toml"))
    return { place: `${source}:1`, hint: `Add a line at the top: description = "${DESCRIPTION}"` };
  const end = /^---\s*$/.test(first) ? lines.findIndex((line) => /^-{3,}\s*$/.test(line)) : -1;
  if (end === -1) {
    const hint = `Start the file with three lines: "---", "description: ${DESCRIPTION}" and "---".`;
    return { place: `${source}:1`, hint };
  }
  const name = lines.slice(0, end).findIndex((line) => line.startsWith("name:"));
  return { place: `${source}:${name + 2}`, hint: `Add a line below it: description: ${DESCRIPTION}` };
}

/** An issue of a persona with its source, or where the configuration extends it, before its place. */
function atSource(each: Issue, { source, extendedAt = source }: Request): Issue {
  return within(extendedAt, each);
}

/** What sources should say otherwise, once each: a rule that many personas use is one warning. */
class SourceWarnings {
  readonly #found = new Map<string, { readonly first: Issue; readonly places: Set<string | undefined> }>();

  add(warning: Issue): void {
    const { code, place, problem, hint } = warning;
    const key = JSON.stringify([code, problem, hint, code === "deprecated-rule" ? "" : place]);
    const known = this.#found.get(key);
    if (known === undefined) this.#found.set(key, { first: warning, places: new Set([place]) });
    else known.places.add(place);
  }

  all(): Issue[] {
    return [...this.#found.values()].map(({ first, places }) => {
      const others = places.size - 1;
      return others === 0 ? first : { ...first, place: `${first.place} and ${others} more` };
    });
  }
}

/** Written out, because thousands of files are copied here. */
function planned(
  { text, parts, origins, block, fileLimit }: Artifact,
  path: string,
  { document: { id, version }, target, source }: Pick<PlannedPersona, "document"> & { target: Target; source: string },
): PlannedArtifact {
  return {
    path,
    text,
    origins,
    persona: id,
    targets: [target.id],
    source,
    ...(parts === undefined ? {} : { parts }),
    ...(block === undefined ? {} : { block }),
    ...(fileLimit === undefined ? {} : { fileLimit }),
    ...(version === undefined ? {} : { version }),
  };
}

/** A file of the user's for its own tool: where it lies, or where it belongs, and its copies; with each, what lies beside it. */
function ownArtifacts(document: Document, file: OwnFile, { out, targets: chosen, copies = [], isOnlyRead }: Request) {
  const { path, text, format, target, isInPlace, isWhole, lines, beside } = file;
  // As one text, it says the same on each line.
  const restored = isWhole && lines.size === 0 ? undefined : format.restore(document);
  const said = isWhole ? text : (restored?.text ?? text);
  const origins = restored?.text === said ? restored.origins : sameOrigin(document, said);
  const own = { text: said, origins, targets: [format.id], isOwnText: true } as const;
  const isBuilt = !isInPlace && !isOnlyRead && (target === undefined || chosen.includes(target));
  const main = placed(out, format.path.replaceAll("<name>", document.id));
  const written = [...(isBuilt ? [main] : []), ...copies];
  const pages = isWhole ? undefined : restored?.references;
  return [
    ...(isInPlace ? [{ ...own, path, isSource: true } as const] : []),
    ...written.flatMap((at) => [
      { ...own, path: at },
      ...(beside === undefined || nameOfFile(at) !== nameOfFile(format.path)
        ? []
        : filesBeside(document, file, { main: at, target: format.id }, pages)),
    ]),
  ];
}

function nameOfFile(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** With the slash at its end. */
function folderOfFile(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function sameOrigin(document: Document, text: string): Origin[] {
  return new Array<Origin>(text.split("\n").length).fill(originOfDocument(document));
}

/** Files of a skill's folder, beside a main file of it; references as the document says them now, where they differ. */
function filesBeside(
  document: Document,
  { path: source, beside, seen }: OwnFile,
  { main, target, isWanted = () => true }: FilesBeside,
  pages: { readonly [reference: string]: Pick<Artifact, "text" | "origins"> } = {},
) {
  const folder = folderOfFile(main);
  const isInside = !source.startsWith("../");
  return (beside?.files ?? []).filter(isWanted).map(({ path, text, isExecutable }) => {
    const page = own(pages, /^references\/([^/]+)\.md$/.exec(path)?.[1] ?? "");
    const said = page ?? { text, origins: sameOrigin(document, text) };
    const from = page === undefined ? { from: folderOfFile(seen) + path } : {};
    const like = isExecutable && isInside ? { like: folderOfFile(source) + path } : {};
    return { ...said, ...from, ...like, path: folder + path, targets: [target], isOwnText: true } as const;
  });
}

/** Which files of a skill's folder go beside which file. */
interface FilesBeside {
  readonly main: string;
  readonly target: string;
  isWanted?(file: FileBeside): boolean;
}

/** What other targets make of the files beside a skill that are no references: a skill of another tool has them, too. */
function withFilesBeside(document: Document, file: OwnFile, { main, target }: { main: string; target: Target }) {
  const references = new Set(document.references.map(({ id }) => `references/${id}.md`));
  const isWanted = (each: FileBeside) => !references.has(each.path);
  const [first, ...more] = (file.beside?.files ?? []).filter(isWanted).map(({ path }) => path);
  if (first === undefined) return { artifacts: [], lost: [] };
  if (ownFolder(target.path) !== undefined)
    return { artifacts: filesBeside(document, file, { main, target: target.id, isWanted }), lost: [] };
  const reason = `${first}${more.length === 0 ? "" : ` and ${more.length} more`}: only a skill has a folder for such files`;
  return { artifacts: [], lost: [{ feature: "references", status: "dropped", reason } as const] };
}

/** What kept a persona from being compiled: its own issues, or an error of a function that its author wrote. */
function compileIssues(error: unknown, request: Request): readonly Issue[] {
  const { unit, source } = request;
  const known = CommandError.known(error);
  // A target of another package says where it is defined.
  if (known !== undefined) {
    return known.issues.map((each) => (each.code === "invalid-target" ? each : atSource(each, request)));
  }
  const problem = `persona "${unit.id}" could not be compiled`;
  return [issue("cannot-compile", source, problem, { cause: messageOf(error) })];
}

/** An exact model id for an unknown target would be lost silently. */
function unknownModels({ id, model }: Document, source: string): Issue[] {
  if (typeof model !== "object") return [];
  return Object.keys(model.exact).flatMap(
    (target) => unknownTarget(target, `${source}: persona "${id}", model.exact`, KNOWN) ?? [],
  );
}

/**
 * What is wrong with what a persona says for single targets that it is not built for. Nobody can tell whether a field of an unknown target
 * restricts the persona, and a misspelt one might.
 */
function wrongSettings(document: Document, request: Request): readonly Issue[] {
  const { targets: chosen, file } = request;
  const { id, exactTools, substitutions, fields, uncheckedFields } = document;
  if ((exactTools ?? substitutions ?? fields ?? uncheckedFields) === undefined) return [];
  const built = chosen.map((target) => target.id);
  // A file of a kind that only tools read has fields of that kind.
  const known = [...KNOWN, ...built, ...(file === undefined ? [] : [file.format.id])];
  const unknown = Object.entries({ exactTools, substitutions, fields, uncheckedFields }).flatMap(([option, given]) =>
    Object.keys(given ?? {}).flatMap((target) => unknownTarget(target, `persona "${id}", ${option}`, known) ?? []),
  );
  const named = Object.keys({ ...exactTools, ...substitutions, ...fields, ...uncheckedFields });
  const problemsFor = (ids: readonly string[]) => ids.flatMap((target) => checkSettings(document, target));
  const found = [...unknown, ...problemsFor(named.filter((each) => !built.includes(each)))];
  if (found.length === 0) return [];
  // Nothing is compiled then, and what is wrong for the targets that are built would wait for the next run.
  return [...found, ...problemsFor(named.filter((each) => built.includes(each)))].map((each) =>
    atSource(each, request),
  );
}

const KNOWN: readonly string[] = [...targets.map((target) => target.id), ...SDK_IDS];

function unknownTarget(target: string, place: string, known: readonly string[]): Issue | undefined {
  if (known.includes(target)) return undefined;
  return issue("unknown-target", place, `there is no target "${target}"`, {
    hint: hintFor(target, known),
    subject: target,
  });
}

/** What is written without a check: a user should know. */
function unchecked({ document, request: { targets: chosen } }: PlannedPersona): Issue[] {
  const { id, uncheckedFields, uncheckedTools } = document;
  if ((uncheckedFields ?? uncheckedTools) === undefined) return [];
  return chosen.flatMap((target) => {
    const place = `persona "${id}", target ${target.id}`;
    const warn = (code: "unchecked-field" | "unchecked-tool", names: readonly string[], why: string) =>
      names.length === 0 ? [] : [issue(code, place, `${names.join(", ")} written without a check, because ${why}`)];
    const fields = Object.keys(own(uncheckedFields, target.id) ?? {});
    const tools = own(uncheckedTools, target.id) ?? [];
    return [
      ...warn("unchecked-field", fields, "PersonaKit does not know what the tool does with it"),
      ...warn("unchecked-tool", tools, "PersonaKit knows no such tool there"),
    ];
  });
}

function losses(persona: PlannedPersona): Issue[] {
  const lines = describeLosses(plannedFidelity(persona));
  return lines.map(({ place, outcome }) => issue("fidelity-loss", place, `${outcome}, refused by --strict`));
}

/** Two targets may share a persona's references: files with the same path and text are one file. */
function mergeShared(artifacts: readonly PlannedArtifact[]): PlannedArtifact[] {
  const merged: PlannedArtifact[] = [];
  for (const artifact of artifacts) {
    const same = merged.findIndex(
      ({ path, block, text }) => path === artifact.path && block === artifact.block && text === artifact.text,
    );
    const other = merged[same];
    if (other === undefined) merged.push(artifact);
    else merged[same] = { ...other, targets: [...other.targets, ...artifact.targets] };
  }
  return merged;
}

/** Which persona a file belongs to. */
type Owner = Pick<PlannedArtifact, "persona" | "source">;

/** Finds paths that two files would be written to. */
class SharedPaths {
  readonly issues: Issue[] = [];
  readonly #owners = new Map<string, Owner>();

  add({ path, block }: Pick<PlannedArtifact, "path" | "block">, by: Owner): void {
    // File systems that ignore case would let one file overwrite the other.
    const lower = path.toLowerCase();
    const key = block === undefined ? lower : `${lower}#${block}`;
    const owner = this.#owners.get(key);
    if (owner === undefined) {
      this.#owners.set(key, by);
      return;
    }
    const problem = `both ${nameOf(owner)} and ${nameOf(by)} would be written here`;
    this.issues.push(issue("shared-path", path, problem, "Build one under another id."));
  }
}

function nameOf({ persona, source }: Owner): string {
  return `${persona} (${source})`;
}
