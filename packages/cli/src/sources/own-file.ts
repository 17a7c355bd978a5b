import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, relative, resolve, sep } from "node:path";
import type { Document, Issue, PersonaData } from "@personakit/core";
import { hintFor, LIMITS, nearest } from "@personakit/core/internal";
import { type Target, targets } from "@personakit/targets";
import type { Readable, RecognisedFile } from "@personakit/targets/read";
import { readText } from "../files/text.ts";
import { CommandError, failure, issue, throwIssues } from "../issues/command-error.ts";
import { composed } from "./compose-file.ts";
import { type FileLine, type LoadFragments, withLine } from "./file-line.ts";
import { loadReader, type Reader } from "./reader.ts";
// Not on demand: what it shares with the rest would stand in files of its own, for every command to find.
import { readSkillFolder, type SkillFolder } from "./skill-folder.ts";
import { asItStands } from "./unit.ts";

/** A file of the user's that is a persona as it stands. */
export interface OwnFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  /** The same, as the user would type it. */
  readonly seen: string;
  readonly text: string;
  /** Whose format it has. */
  readonly format: Readable;
  /** The target that writes this format; undefined for one that tools only read. */
  readonly target: Target | undefined;
  /** Whether its tool reads it where it lies: then it is source and output in one. */
  readonly isInPlace: boolean;
  /** Whether the file that its own tool reads has its very bytes. */
  readonly isWhole: boolean;
  /** Where each entry begins, by `unit/rule`. */
  readonly lines: ReadonlyMap<string, FileLine>;
  /** What else lies in its folder, where it has that to itself, as a skill has. */
  readonly beside?: SkillFolder;
}

/** Every file that was loaded, and the folder of every skill: what a watcher looks at, wherever it lies. Absolute. */
export const loadedPlaces = new Set<string>();

/** A file as it was loaded. */
export interface LoadedFile {
  readonly unit: PersonaData | Document;
  readonly source: string;
  readonly file: OwnFile;
  readonly warnings: readonly Issue[];
}

/** How to read a file. */
export interface FileOptions {
  /** The format, by the id of a target or of a kind of file; absent: the place says it. */
  readonly format?: string | undefined;
  /** The format where neither that nor the place says it. */
  readonly fallback?: string;
  /** The source as the user would type it; absent: as it is named. */
  readonly as?: string;
  /** How the user says the format, for the hint where none is known. */
  readonly say?: (format: string) => string;
  /** The format that it most likely has will do: nothing is written. */
  readonly isGuessed?: boolean;
  /** Block by block, so that each has an id. Without it, a file without directives is one text, and no Markdown is parsed. */
  readonly inDetail?: boolean;
  /** Of the package that the file is the entry of. */
  readonly version?: string | undefined;
}

/**
 * Loads a file of a tool's own format as a persona, seen from a project's folder. Throws a CommandError for what cannot be read:
 * no text, no format, a directive that cannot be followed.
 */
export async function loadOwnFile(
  name: string,
  folder: string,
  options: FileOptions,
  loadFragments: LoadFragments,
): Promise<LoadedFile> {
  const { as: source = name } = options;
  const file = resolve(folder, name);
  loadedPlaces.add(basename(file) === "SKILL.md" ? dirname(file) : file);
  const text = textOf(source, file);
  const path = relative(resolve(folder), file).split(sep).join("/");
  const reader = await loadReader();
  const found = placeOf(path, reader);
  const format = formatOf(source, text, found?.readable, options, reader);
  const isInPlace = found?.isLoaded === true && found.readable === format;
  const skill =
    format.ownsFolder && basename(path) === basename(format.path)
      ? readSkillFolder(source, file, "version" in options)
      : undefined;
  const inFolder = (name: string) => path.slice(0, path.lastIndexOf("/") + 1) + name;
  const references = skill?.references.map((each) => ({ ...each, path: inFolder(each.path) })) ?? [];
  const read = reading(source, () => format.read({ path, text }, references));
  const { document } = read;
  const warnings = read.issues.map((each) => atSource(each, path, source));
  const [entry] = document.sections[0]?.entries ?? [];
  const body = entry?.kind === "markdown" ? entry.text : "";
  if (skill !== undefined) {
    warnings.push(...skill.missingLinks(text, reader));
    for (const each of skill.references)
      warnings.push(
        ...directivesInReference(
          source.replace(/[^/\\]*$/, () => each.path),
          each.text,
          reader,
        ),
      );
  }
  const above = document.source.head.split(/\r\n|\n|\r/).length - 1;
  const { directives, ...wrong } = reader.directivesIn(body, { file: source, above });
  warnings.push(...wrong.warnings.map(withLine));
  const errors = wrong.issues.map(withLine);
  throwIssues([
    ...errors,
    ...(isInPlace ? directives.map(({ line }) => shownAsText(source, line + above, format)) : []),
  ]);
  const target = targets.find(({ id }) => id === format.id);
  const own = {
    ...{
      path,
      seen: source.endsWith(basename(path)) ? source : path,
      text,
      format,
      target,
      isInPlace,
      isWhole: directives.length === 0,
    },
    ...(skill === undefined ? {} : { beside: skill }),
  };
  if (directives.length === 0 && options.inDetail !== true) {
    const version = options.version === undefined ? {} : { version: options.version };
    return { unit: { ...document, ...version }, source, file: { ...own, lines: new Map() }, warnings };
  }
  const {
    unit,
    hasCode,
    lines,
    warnings: more,
  } = await composed(document, {
    source,
    file,
    text: body,
    above,
    directives,
    version: options.version,
    loadFragments,
    reader,
  });
  return {
    unit: hasCode ? unit : asItStands(unit),
    source,
    file: { ...own, lines },
    warnings: [...warnings, ...more],
  };
}

/** What only the main file can say. */
function directivesInReference(place: string, text: string, { directivesIn }: Reader): Issue[] {
  const problem = "this is text and no directive: only SKILL.md can name fragments";
  return directivesIn(text, { file: place }).directives.map(({ line }) =>
    issue("directive-in-place", `${place}:${line}`, problem, "Write the text itself."),
  );
}

/** The text of a file that anybody may have put there. */
function textOf(source: string, file: string): string {
  const text = reading(source, () => readText(file));
  if (text === undefined) {
    const folder = dirname(file);
    const near = existsSync(folder) ? nearest(basename(file), readdirSync(folder)) : undefined;
    throw failure("not-found", source, "there is no such file", near === undefined ? {} : `Did you mean "${near}"?`);
  }
  if (text.trim() === "") throw failure("empty-file", source, "the file is empty", "Write what the agent should do.");
  const { most } = LIMITS.texts;
  if (text.length > most) {
    const problem = `the file has ${text.length} characters, more than the ${most} that are allowed`;
    throw failure("cannot-read", source, problem, "No tool reads so much. Is it the right file?");
  }
  return text;
}

/** Says where in its place what was thrown. */
function reading<Result>(source: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    const known = CommandError.known(error);
    if (known === undefined) throw error;
    throw new CommandError(known.issues.map((each) => ({ ...each, place: source })));
  }
}

/** What a path says: one out of the project, or in a package, says the format, and no tool looks there. */
function placeOf(path: string, { recognise }: Reader): RecognisedFile | undefined {
  const inside = path.replace(/^(?:\.\.\/)+/, "");
  const found = recognise(inside);
  const isForeign = inside !== path || /(?:^|\/)node_modules\//.test(path);
  return found === undefined || !isForeign ? found : { ...found, isLoaded: false };
}

function formatOf(
  source: string,
  text: string,
  found: Readable | undefined,
  { format, fallback, say, isGuessed }: FileOptions,
  { readables }: Reader,
): Readable {
  if (format !== undefined) return formatNamed(format, source, readables);
  if (found !== undefined) return found;
  if (fallback !== undefined) return formatNamed(fallback, source, readables);
  const likely = likelyFormat(source, text);
  const guessed = readables.find(({ id }) => id === likely);
  if (isGuessed && guessed !== undefined) return guessed;
  const problem = "the file does not lie where a tool would look for it, so its format is not known";
  throw failure(
    "no-format",
    source,
    problem,
    `It looks like ${likely}. ${(say ?? sayInConfiguration(source))(likely)}`,
  );
}

function formatNamed(format: string, source: string, readables: readonly Readable[]): Readable {
  const named = readables.find(({ id }) => id === format);
  if (named !== undefined) return named;
  const details = {
    hint: hintFor(
      format,
      readables.map(({ id }) => id),
    ),
    subject: format,
  };
  throw failure("unknown-target", source, `there is no format "${format}"`, details);
}

function sayInConfiguration(source: string): (format: string) => string {
  return (format) => `Say so in the configuration: { "persona": ${JSON.stringify(source)}, "format": "${format}" }.`;
}

/** By the fields that only files of one kind have. */
const SIGNS: readonly (readonly [sign: RegExp, format: string])[] = [
  [/^applyTo:/m, "copilot-instructions"],
  [/^(?:globs|alwaysApply):/m, "cursor-rule"],
  [/^mode: *(?:subagent|primary|all)\b/m, "opencode-agent"],
  [/^(?:allowed-tools|license):/m, "agent-skill"],
  [/^name:/m, "claude-agent"],
  [/^paths:/m, "claude-rule"],
];

/** The format that a file most likely has. */
function likelyFormat(source: string, text: string): string {
  if (source.endsWith(".toml")) return "codex-agent";
  if (source.endsWith(".mdc")) return "cursor-rule";
  const [head = ""] = /^\uFEFF?---[\s\S]*?\n---/.exec(text) ?? [];
  return SIGNS.find(([sign]) => sign.test(head))?.[1] ?? "agents-md";
}

/** An issue of core's or the reader's, with the file as the user wrote it, and its line as editors link it. */
function atSource(each: Issue, path: string, source: string): Issue {
  if (each.place?.startsWith(path) === true) return { ...each, place: source + each.place.slice(path.length) };
  const [above, seen] = [path, source].map((name) => name.slice(0, name.length - basename(path).length)) as [
    string,
    string,
  ];
  return each.place?.startsWith(above) === true ? { ...each, place: seen + each.place.slice(above.length) } : each;
}

function shownAsText(source: string, line: number, { tool }: Readable): Issue {
  const problem = `${tool} reads this file where it lies, and would show the directive as text`;
  const hint =
    "Move the file, to personas/ for example, and name it there: then the file that the tool reads is built from it.";
  return issue("directive-in-place", `${source}:${line}`, problem, hint);
}
