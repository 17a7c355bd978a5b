import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { CopyFile, CopyGroup } from "@personakit/core/copies";
import { isRecord } from "@personakit/core/internal";
import { readText } from "../files/text.ts";
import { CommandError, failure } from "../issues/command-error.ts";
import { inCode, newConfiguration, withPersonas } from "../sources/add-entries.ts";
import { findConfig, otherProjects, readConfig } from "../sources/config.ts";
import { loadReader, type Reader } from "../sources/reader.ts";
import { readSkillFolder } from "../sources/skill-folder.ts";
import { openProject, planOf } from "./open-project.ts";

/** A file that is written, and its text. */
export interface NewText {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A persona of a configuration that is built to its copies only. */
export interface CopyEntry {
  readonly persona: string;
  readonly format?: string;
  readonly targets: readonly string[];
  readonly copies: readonly string[];
}

/** How copies become one text each. */
export interface Once {
  /** The groups that are left, with the places that are. */
  readonly groups: readonly CopyGroup[];
  /** Fragments, and the sources that use them. */
  readonly texts: readonly NewText[];
  /** What is added to the personas of the configuration. */
  readonly entries: readonly CopyEntry[];
  /** The configuration, as it will be. */
  readonly config: NewText & { readonly before: string | undefined };
  /** Files that stay as they are, and why. */
  readonly refused: readonly { readonly path: string; readonly why: string }[];
}

/**
 * Makes one text of each group: a source with several outputs of equal files, and a fragment of a passage, with sources that use it. Each output
 * is compiled and compared with the file that is there; one that would differ stays as it is. Writes nothing below the folder.
 * Throws a CommandError for a configuration that is code.
 */
export async function sayOnce(folder: string, groups: readonly CopyGroup[], files: readonly CopyFile[]): Promise<Once> {
  const reader = await loadReader();
  const before = findConfig(folder);
  const refused = new Map<string, string>();
  for (const path of before === undefined ? [] : await filesNamedIn(folder, before))
    refused.set(path, `${before} names it already`);
  const projectOf = otherProjects(folder);
  for (const { path } of groups.flatMap(({ places }) => places)) {
    const other = projectOf(path);
    if (other !== undefined) refused.set(path, `it belongs to the project in ${other}`);
  }
  const alike = groups.filter(({ match }) => match !== "additions");
  for (;;) {
    const drafted = draft(folder, alike, files, refused, reader);
    const failed = await unproved(drafted, files, folder);
    if (failed.size === 0) {
      const config = await withEntries(
        folder,
        before,
        drafted.entries.map(({ entry }) => entry),
      );
      // No text stands for a file and a longer one, but each may have its part in other groups.
      const written = new Set(drafted.entries.flatMap(({ path, outputs }) => [path, ...outputs]));
      for (const { match, places } of groups) {
        for (const { path } of match === "additions" ? places : [])
          if (!(written.has(path) || refused.has(path))) refused.set(path, "it has more than its copy, or less");
      }
      const texts = [...drafted.fragments, ...drafted.entries.flatMap(({ source }) => source ?? [])];
      const all = [...refused].map(([path, why]) => ({ path, why })).sort((a, b) => (a.path < b.path ? -1 : 1));
      return {
        groups: drafted.groups,
        texts,
        entries: drafted.entries.map(({ entry }) => entry),
        config,
        refused: all,
      };
    }
    for (const [path, why] of failed) refused.set(path, why);
  }
}

interface DraftEntry {
  /** The file that it is for. */
  readonly path: string;
  readonly entry: CopyEntry;
  /** Where it cannot stay where it is. */
  readonly source?: NewText;
  readonly outputs: readonly string[];
}

interface Draft {
  readonly groups: readonly CopyGroup[];
  readonly fragments: readonly NewText[];
  readonly entries: readonly DraftEntry[];
}

/** What would be written, without the files that are refused. */
function draft(
  folder: string,
  all: readonly CopyGroup[],
  files: readonly CopyFile[],
  refused: ReadonlyMap<string, string>,
  reader: Reader,
): Draft {
  const groups = all.flatMap((group) => left(group, refused) ?? []);
  const copiesOf = new Map<string, readonly string[]>();
  for (const { of, match, places } of groups) {
    if (of === "file" && match === "equal") {
      const [first = "", ...others] = places.map(({ path }) => path);
      copiesOf.set(first, others);
    }
  }
  const taken = new Set<string>();
  const free = (path: (name: string) => string, wanted: string) => {
    let name = wanted;
    for (let number = 2; taken.has(path(name)) || existsSync(join(folder, path(name))); number++)
      name = `${wanted}-${number}`;
    taken.add(path(name));
    return path(name);
  };
  const fragments: NewText[] = [];
  const uses = new Map<string, { readonly start: number; readonly end: number; readonly line: string }[]>();
  for (const group of groups) {
    if (group.of === "file" && group.match === "equal") continue;
    const path = free((name) => `fragments/${name}.md`, group.name);
    fragments.push({ path, text: fragmentText(group) });
    const depth = reader.leastDepth(group.text);
    for (const [index, { path: file, start, end }] of group.places.entries()) {
      const values = group.parameters.map(({ name, values }) => ` ${name}="${values[index]}"`).join("");
      const settings = `${depth === 0 ? "" : ` depth="${depth}"`}${values}`.trim();
      const line = `::use[../${path}]${settings === "" ? "" : `{${settings}}`}`;
      uses.set(file, [...(uses.get(file) ?? []), { start, end, line }]);
    }
  }
  const entries = [...new Set([...copiesOf.keys(), ...uses.keys()])].sort().map((path): DraftEntry => {
    const { text } = files.find((file) => file.path === path) as CopyFile;
    const found = reader.recognise(path);
    const format = found?.readable.id ?? "agents-md";
    const copies = copiesOf.get(path) ?? [];
    const own = uses.get(path);
    if (own === undefined) {
      const said = found === undefined ? { format } : {};
      return { path, entry: { persona: `./${path}`, ...said, targets: [], copies }, outputs: copies };
    }
    const name = nameOf(path, found?.name);
    const source = free((each) => `personas/${each}${path.endsWith(".mdc") ? ".mdc" : ".md"}`, name);
    const outputs = [path, ...copies];
    const entry = { persona: `./${source}`, format, targets: [], copies: outputs };
    return { path, entry, source: { path: source, text: spliced(text, own) }, outputs };
  });
  return { groups, fragments, entries };
}

/** A group without the files that are refused; undefined where it is none any more. */
function left(group: CopyGroup, refused: ReadonlyMap<string, string>): CopyGroup | undefined {
  const kept = [...group.places.keys()].filter((index) => !refused.has(group.places[index]?.path ?? ""));
  const places = kept.map((index) => group.places[index] as CopyGroup["places"][number]);
  if (new Set(places.map(({ path }) => path)).size < 2) return undefined;
  const parameters = group.parameters.map(({ name, values }) => ({
    name,
    values: kept.map((index) => values[index] as string),
  }));
  return { ...group, places, parameters };
}

function fragmentText({ text, parameters }: CopyGroup): string {
  if (parameters.length === 0) return `${text}\n`;
  const params = parameters.map(({ name }) => `${name}:`).join(", ");
  return `---\nparams: { ${params} }\n---\n\n${text}\n`;
}

function spliced(
  text: string,
  uses: readonly { readonly start: number; readonly end: number; readonly line: string }[],
): string {
  let result = "";
  let at = 0;
  for (const { start, end, line } of [...uses].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, start) + line;
    at = end;
  }
  return result + text.slice(at);
}

/** What a source is called: as its persona, or its file, in kebab-case. */
function nameOf(path: string, name: string | undefined): string {
  const given = name === undefined || name === "" ? basename(path).replace(/(?:\.\w+)+$/, "") : name;
  const kebab = given
    .replace(/[^A-Za-z\d]+/g, "-")
    .replace(/^[-\d]+|-$/g, "")
    .toLowerCase();
  return kebab === "" ? "persona" : kebab;
}

/** Compiles each entry in a folder of its own, and names those whose outputs are not the files that are there. */
async function unproved(
  { entries, fragments }: Draft,
  files: readonly CopyFile[],
  root: string,
): Promise<Map<string, string>> {
  const failed = new Map<string, string>();
  if (entries.length === 0) return failed;
  const folder = mkdtempSync(join(tmpdir(), "personakit-extract-"));
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const put = ({ path, text }: NewText) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const prove = async (some: readonly DraftEntry[]) => {
    put({ path: CONFIG, text: JSON.stringify({ personas: some.map(({ entry }) => entry) }) });
    const project = openProject([], { out: folder });
    if (project === undefined) throw failure("internal", undefined, "there is nothing to prove");
    const { personas } = await planOf(project);
    const built = personas.flatMap(({ artifacts }) => artifacts.map(({ path, text }) => [path, text] as const));
    return isProved(new Map(built), some, (path) => texts.get(path) ?? readText(join(root, path)));
  };
  try {
    for (const fragment of fragments) put(fragment);
    for (const { path, source } of entries) {
      // What lies beside a skill is built with it.
      if (source === undefined && basename(path) === "SKILL.md")
        for (const beside of readSkillFolder(path, join(root, path), false).files)
          put({ path: join(dirname(path), beside.path), text: beside.text });
      put(source ?? { path, text: texts.get(path) ?? "" });
    }
    // All at once is fast; only where something is wrong does it matter with which one.
    if (await prove(entries).catch(() => false)) return failed;
    for (const each of entries) {
      try {
        if (!(await prove([each]))) failed.set(each.path, "what would be built for it differs");
      } catch (error) {
        failed.set(each.path, problemsOf(error));
      }
    }
    if (failed.size > 0) return failed;
    // Each on its own is right, and all together are not: two may have one name.
    const together: DraftEntry[] = [];
    for (const each of entries) {
      try {
        if (await prove([...together, each])) together.push(each);
        else failed.set(each.path, "what would be built for it differs");
      } catch (error) {
        failed.set(each.path, problemsOf(error));
      }
    }
    if (failed.size === 0) throw failure("internal", undefined, "the copies could not be made one text");
    return failed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function problemsOf(error: unknown): string {
  const problems = CommandError.from(error).issues.map(({ problem }) => problem);
  return [...new Set(problems)].join("; ");
}

const CONFIG = "personakit.config.json";

/** Whether all outputs are built, and each file that is built has the bytes of the one that is there. */
function isProved(
  built: ReadonlyMap<string, string>,
  entries: readonly DraftEntry[],
  textOf: (path: string) => string | undefined,
): boolean {
  const wanted = new Set(entries.flatMap(({ outputs }) => outputs));
  return [...wanted].every((path) => built.has(path)) && [...built].every(([path, text]) => textOf(path) === text);
}

/** The configuration with more personas. Throws a CommandError, with what to add, for code whose list is not written out. */
async function withEntries(
  folder: string,
  file: string | undefined,
  entries: readonly CopyEntry[],
): Promise<Once["config"]> {
  if (file === undefined) return { path: CONFIG, before: undefined, text: newConfiguration(entries) };
  const before = readText(join(folder, file)) ?? "";
  const text = entries.length === 0 ? before : await withPersonas(file, before, entries);
  if (text !== undefined) return { path: file, before, text };
  const hint = `Add to its personas: ${entries.map(inCode).join(", ")}`;
  throw failure("not-editable", file, "its list of personas is not written out", hint);
}

/** The files that a configuration names as personas, as paths of the project. */
async function filesNamedIn(folder: string, file: string): Promise<string[]> {
  const { personas } = await readConfig(join(folder, file));
  return personas.flatMap((each) => {
    const persona = isRecord(each) && "persona" in each ? each.persona : each;
    return typeof persona === "string" ? [persona.replace(/^\.\//, "")] : [];
  });
}
