import { existsSync, lstatSync, readdirSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import type { Issue } from "@personakit/core";
import { hintFor, nearest } from "@personakit/core/internal";
import { countTokens } from "@personakit/targets";
import type { RecognisedFile } from "@personakit/targets/read";
import { projectPath } from "../disk/paths.ts";
import { repositoryOf } from "../files/above.ts";
import { isIgnored, type Listing, listFiles } from "../files/list-files.ts";
import { readText } from "../files/text.ts";
import { attempt, CommandError, failure, issue } from "../issues/command-error.ts";
import { makePlan } from "../plan/make-plan.ts";
import { otherProjects } from "../sources/config.ts";
import { type LoadedPersona, loadPersonas } from "../sources/load-units.ts";
import type { OwnFile } from "../sources/own-file.ts";
import { loadReader, type Reader } from "../sources/reader.ts";
import { isOwnFile } from "../sources/unit.ts";

/** An instruction file that can be a source as it stands. */
export interface FoundFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** What the path says of it. */
  readonly place: RecognisedFile;
  /** The file as a build would load it. */
  readonly loaded: LoadedPersona & { readonly file: OwnFile };
  readonly tokens: number;
  /** Of a skill: the other files in its folder. */
  readonly parts: readonly string[];
  /** What its user should know of it, although it can be read. */
  readonly warnings: readonly Issue[];
}

/** A file that is left as it is, for a reason that is nobody's mistake. */
export interface LeftFile {
  readonly path: string;
  readonly reason: string;
}

/** What there is to import. */
export interface Found {
  readonly files: readonly FoundFile[];
  /** Files that cannot be imported, and why. */
  readonly refused: readonly Issue[];
  /** Files that need not be imported. */
  readonly left: readonly LeftFile[];
}

/** What to look for. */
export interface FindOptions {
  /** Files and folders, from the current folder; all of the project where there are none. */
  readonly named: readonly string[];
  /** Only files of these formats. */
  readonly only: readonly string[] | undefined;
  /** Take files that git ignores, and those that are not committed. */
  readonly force: boolean;
  /** Says why a file is not to be imported; undefined for one that may be. */
  readonly whyKnown: (path: string) => string | undefined;
  /** Nothing will be written, so it does not matter what is committed. */
  readonly isReadOnly?: boolean;
}

/** A file that has a place where a tool looks, or a name that says what it is. */
interface Candidate {
  readonly path: string;
  readonly place: RecognisedFile;
  readonly parts: readonly string[];
}

/**
 * Finds the instruction files of a project and reads them as a build would. Throws a CommandError for a path that is not there, a
 * named file that cannot be imported, and a format that does not exist.
 */
export async function findFiles(folder: string, options: FindOptions): Promise<Found> {
  const { only, force, whyKnown, isReadOnly = force } = options;
  const reader = await loadReader();
  refuseFormats(only, reader);
  const listing = listFiles(folder, options);
  const { candidates, spare, left, refused } = candidatesIn(folder, listing, options, reader);
  const here = new Set(candidates.map(({ path }) => path));
  const files: FoundFile[] = [];
  for (const each of candidates) {
    const { path } = each;
    const link = linkAt(folder, path);
    if (link !== undefined && (here.has(link) || whyKnown(link) !== undefined)) {
      left.push({ path, reason: `a link to ${link}` });
      continue;
    }
    const why = link === undefined ? (isReadOnly ? undefined : whyNotCommitted(path, listing)) : linked(path, link);
    // Git calls what nobody may read changed: what is wrong with the file itself says more.
    const read =
      link === undefined || why === undefined ? await attempt(async () => [await readFound(folder, each)]) : undefined;
    if (why === undefined) files.push(...(read?.results ?? []));
    const issues = why === undefined || (read?.issues.length ?? 0) > 0 ? (read?.issues ?? []) : [why];
    refused.push(...issues.map((found) => atPath(found, path)));
  }
  const texts = new Set(files.map(({ text }) => text));
  for (const each of spare) {
    const copy = await copyOf(folder, each, texts);
    const isFree = isReadOnly || whyNotCommitted(each.path, listing) === undefined;
    if (copy !== undefined && isFree) files.push(copy);
    else left.push({ path: each.path, reason: NOT_LOADED });
  }
  left.sort((a, b) => (a.path < b.path ? -1 : 1));
  const wrong = [...namesakes(files), ...pathsInOtherCase(files)];
  const apart = new Set(wrong.map(({ file }) => file));
  const kept = files.filter((each) => !apart.has(each));
  return { files: kept, refused: [...refused, ...wrong.map(({ found }) => found)], left };
}

/** The files of a project that tools load and PersonaKit did not write: what there would be to import. Nothing is read. */
export async function instructionFiles(folder: string, whyKnown: FindOptions["whyKnown"]): Promise<string[]> {
  const reader = await loadReader();
  const { results } = await attempt(async () => [listFiles(folder, { force: false })]);
  const options = { named: [], only: undefined, force: false, whyKnown };
  return results.flatMap((listing) =>
    candidatesIn(folder, listing, options, reader).candidates.map(({ path }) => path),
  );
}

/** Files that may be imported. */
interface Candidates {
  readonly candidates: readonly Candidate[];
  /** Those that no tool loads: they count where they are copies of one that is loaded. */
  readonly spare: readonly Candidate[];
  readonly left: LeftFile[];
  readonly refused: Issue[];
}

function candidatesIn(folder: string, listing: Listing, options: FindOptions, reader: Reader): Candidates {
  const { only, whyKnown } = options;
  const scope = scopeOf(folder, options, listing, reader);
  const skills = partsOfSkills(listing);
  const projectOf = otherProjects(folder);
  const candidates: Candidate[] = [];
  const spare: Candidate[] = [];
  const left: LeftFile[] = [];
  const refused: Issue[] = [];
  for (const path of listing.paths) {
    const meant = scope(path);
    // Git has files that were deleted since.
    if (meant === undefined || lstatSync(join(folder, path), { throwIfNoEntry: false }) === undefined) continue;
    const place = reader.recognise(path);
    const skill = skillAround(skills, path);
    if (place === undefined && reader.unreadFormat(path) !== undefined) continue;
    if (place === undefined || place.reference !== undefined || skill !== undefined) {
      if (meant === "file") refused.push(skill === undefined ? notRead(path) : partOfSkill(path, skill));
      continue;
    }
    if (only !== undefined && !only.includes(place.readable.id)) continue;
    const project = projectOf(path);
    const other = project === undefined ? undefined : `belongs to the project in ${project}`;
    const reason = other ?? whyKnown(path) ?? notLoaded(path, place, meant);
    const candidate = { path, place, parts: skills.get(dirname(path)) ?? [] };
    if (reason === undefined) candidates.push(candidate);
    else if (reason === NOT_LOADED) spare.push(candidate);
    else left.push({ path, reason });
  }
  for (const path of listing.all) {
    const format = scope(path) === undefined || only !== undefined ? undefined : reader.unreadFormat(path);
    if (format !== undefined) left.push({ path, reason: `${format}: only Markdown can be a source` });
  }
  for (const path of listing.ignored) {
    const place = scope(path) === undefined ? undefined : reader.recognise(path);
    if (place?.isLoaded && (only?.includes(place.readable.id) ?? true)) left.push({ path, reason: "git ignores it" });
  }
  return { candidates, spare, left, refused };
}

/** A file that no tool loads, if it has the text of one that is loaded. */
async function copyOf(
  folder: string,
  candidate: Candidate,
  texts: ReadonlySet<string>,
): Promise<FoundFile | undefined> {
  if (linkAt(folder, candidate.path) !== undefined) return undefined;
  const [text] = (await attempt(async () => [readText(join(folder, candidate.path))])).results;
  if (text === undefined || !texts.has(text)) return undefined;
  return (await attempt(async () => [await readFound(folder, candidate)])).results[0];
}

/** The reason for a file that only its name makes one of instructions. */
export const NOT_LOADED = "no tool loads it from there";

/** Why a file that can be read is left alone, unless the user has named it: it may be one that only looks like instructions. */
function notLoaded(path: string, { isLoaded }: RecognisedFile, meant: Scope): string | undefined {
  if (meant === "file") return undefined;
  if (/^readme\./i.test(basename(path))) return "explains its folder";
  return isLoaded || meant === "folder" ? undefined : NOT_LOADED;
}

function refuseFormats(only: readonly string[] | undefined, { readables }: Reader): void {
  const ids = readables.map(({ id }) => id);
  const issues = (only ?? [])
    .filter((id) => !ids.includes(id))
    .map((id) =>
      issue("unknown-target", `--only ${id}`, "there is no such format", { hint: hintFor(id, ids), subject: id }),
    );
  if (issues.length > 0) throw new CommandError(issues);
}

/** Why a path is looked at: the user has named it, or a folder that it is in, or nothing at all. */
type Scope = "file" | "folder" | "project";

/** Says of paths whether the user means them. Throws a CommandError for what is not there, and for what no tool reads. */
function scopeOf(
  folder: string,
  { named, force }: FindOptions,
  listing: Listing,
  { unreadFormat }: Reader,
): (path: string) => Scope | undefined {
  if (named.length === 0) return () => "project";
  const listed = new Set(listing.paths);
  const files = new Set<string>();
  const folders: string[] = [];
  for (const each of named) {
    const stat = lstatSync(each, { throwIfNoEntry: false });
    if (stat === undefined) throw failure("not-found", each, "there is no such file or folder", nearName(each));
    const path = projectPath(folder, each);
    if (path.split("/")[0] === ".." || isAbsolute(path))
      throw failure("outside-project", each, "leads out of the project", "Run the command in its repository.");
    if (listed.has(path) || (listing.all.includes(path) && unreadFormat(path) !== undefined)) {
      files.add(path);
      continue;
    }
    const other = otherRepository(folder, stat.isDirectory() ? each : dirname(each), listing);
    if (other !== undefined) {
      const hint = `To import it there, run personakit import --out ${other}.`;
      throw failure("outside-project", each, `belongs to another git repository, in ${other}`, hint);
    }
    if (stat.isDirectory()) folders.push(path === "" ? "" : `${path}/`);
    else if (!force && isIgnored(folder, path)) {
      throw failure("ignored-file", each, "git ignores this file", "To import it all the same, add --force.");
    } else throw new CommandError([notRead(each)]);
  }
  return (path) => (files.has(path) ? "file" : folders.some((each) => path.startsWith(each)) ? "folder" : undefined);
}

/** The submodule or worktree below the project that a folder lies in: git lists no file of it. */
function otherRepository(folder: string, place: string, { all }: Listing): string | undefined {
  const [own, other] = [repositoryOf(folder), repositoryOf(place)];
  if (own === undefined || other === undefined || own === other) return undefined;
  const path = projectPath(folder, other);
  return all.some((each) => each.startsWith(`${path}/`) && each !== `${path}/`) ? undefined : path;
}

function nearName(path: string): { readonly hint?: string } {
  const folder = dirname(resolve(path));
  const near = existsSync(folder) ? nearest(basename(path), readdirSync(folder)) : undefined;
  return near === undefined ? {} : { hint: `Did you mean "${near}"?` };
}

function notRead(path: string): Issue {
  const problem = "no tool reads instructions from a file of this name";
  if (!isOwnFile(path)) return issue("no-format", path, problem);
  const entry = `{ "persona": "./${path}", "format": "claude-agent" }`;
  return issue(
    "no-format",
    path,
    problem,
    `To build from it, name it in the configuration, with its format: ${entry}.`,
  );
}

function partOfSkill(path: string, skill: string): Issue {
  return issue("no-format", path, `is a part of the skill in ${skill}`, `Import ${skill}/SKILL.md.`);
}

/** The other files in the folder of each skill, by that folder. All that lies in it is a part of the skill. */
function partsOfSkills({ paths, all }: Listing): ReadonlyMap<string, readonly string[]> {
  const skills = new Map<string, string[]>(
    paths.flatMap((path) => (basename(path) === "SKILL.md" ? [[dirname(path), []]] : [])),
  );
  if (skills.size > 0) for (const path of all) skills.get(skillAround(skills, path) ?? "")?.push(path);
  for (const parts of skills.values()) parts.sort();
  return skills;
}

/** The folder of the skill that a file is a part of; undefined for the skill itself, and for any other file. */
function skillAround(skills: ReadonlyMap<string, unknown>, path: string): string | undefined {
  for (let above = dirname(path); above !== "."; above = dirname(above)) {
    if (skills.has(above) && path !== `${above}/SKILL.md`) return above;
  }
  return undefined;
}

/** Where a link leads to that leads nowhere. */
const NOTHING = "";

function linkAt(folder: string, path: string): string | undefined {
  const file = join(folder, path);
  if (!lstatSync(file).isSymbolicLink()) return undefined;
  try {
    return projectPath(realpathSync(folder), realpathSync(file));
  } catch {
    return NOTHING;
  }
}

function linked(path: string, target: string): Issue {
  if (target === NOTHING)
    return issue("linked-file", path, "is a symbolic link to a file that is not there", "Remove the link.");
  const hint = "Import the file itself, or replace the link with a real file.";
  return issue("linked-file", path, `is a symbolic link to ${target}, which is not imported`, hint);
}

function whyNotCommitted(path: string, { uncommitted }: Listing): Issue | undefined {
  if (!uncommitted.has(path)) return undefined;
  const hint = "Commit it first, so that git can show that nothing has changed, or add --force.";
  return issue("not-committed", path, "git does not have this file as it stands", hint);
}

async function readFound(folder: string, { path, place, parts }: Candidate): Promise<FoundFile> {
  const [loaded] = await loadPersonas(`./${path}`, folder);
  if (loaded?.file === undefined) throw failure("not-found", path, "there is no such file");
  const { file, warnings = [] } = loaded;
  // What a build would refuse must not get into the configuration.
  makePlan([{ ...loaded, targets: file.target === undefined ? [] : [file.target], out: "" }]);
  return {
    path,
    text: file.text,
    place,
    parts,
    loaded: { ...loaded, file },
    tokens: countTokens(file.text),
    warnings: warnings.map((each) => atPath(each, path)),
  };
}

/** An issue with the file as git names it. */
function atPath(found: Issue, path: string): Issue {
  const { place = path } = found;
  return { ...found, place: place.startsWith(`./${path}`) ? place.slice(2) : place };
}

/** A file that cannot be imported beside others, and why. */
interface Wrong {
  readonly file: FoundFile;
  readonly found: Issue;
}

/** Agents of one tool that have the same name: the tool loads only one of them. Equal ones are copies. */
function namesakes(files: readonly FoundFile[]): Wrong[] {
  return groupsOf(files, nameIn).flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.every(({ text }) => text === first.text)) return [];
    const name = `is called "${first.loaded.unit.id}"`;
    return group.map((file): Wrong => {
      const problem = `${name}, as ${othersIn(group, file)}: ${file.place.readable.tool} loads only one of them`;
      return { file, found: issue("name-taken", file.path, problem, "Give each a name of its own.") };
    });
  });
}

/** Files that are one file where file systems ignore case. */
function pathsInOtherCase(files: readonly FoundFile[]): Wrong[] {
  return groupsOf(files, ({ path }) => path.toLowerCase()).flatMap((group) =>
    group.map((file): Wrong => {
      const problem = `has the path of another, apart from case: ${othersIn(group, file)} like it`;
      return { file, found: issue("shared-path", file.path, problem, "Give each a name of its own.") };
    }),
  );
}

/** Files that share a key, where several do. */
function groupsOf(files: readonly FoundFile[], keyOf: (file: FoundFile) => string | undefined): FoundFile[][] {
  const groups = new Map<string, FoundFile[]>();
  for (const each of files) {
    const key = keyOf(each);
    const group = key === undefined ? undefined : groups.get(key);
    if (group !== undefined) group.push(each);
    else if (key !== undefined) groups.set(key, [each]);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

function othersIn(group: readonly FoundFile[], file: FoundFile): string {
  const [other, ...more] = group.filter((each) => each !== file).map(({ path }) => path);
  return `${other}${more.length === 0 ? " is" : ` and ${more.length} more are`}`;
}

/** What a tool tells a file by, where that is a name that the file gives itself. */
function nameIn({ place, loaded: { file, unit }, path }: FoundFile): string | undefined {
  if (!place.isLoaded || file.target?.reading?.identity !== "field") return undefined;
  const [home = ""] = path.slice(place.folder === "" ? 0 : place.folder.length + 1).split("/");
  return [file.format.id, place.folder, home, unit.id].join("\n");
}
